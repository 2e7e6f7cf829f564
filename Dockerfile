# Nextplay as an image: docs/deployment.md says how to run it.

FROM python:3.11-slim-bookworm AS wheel
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/nextplay \
    && /opt/nextplay/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY alembic alembic
COPY api api
COPY bot bot
COPY charts charts
COPY commands commands
COPY ingest ingest
COPY localization localization
COPY locales locales
COPY playground playground
COPY recommender recommender
COPY report report
COPY spark spark
COPY store store
RUN /opt/nextplay/bin/pip wheel --disable-pip-version-check --no-deps --no-index --no-build-isolation \
        --wheel-dir /dist . \
    && /opt/nextplay/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-index \
        /dist/nextplay-*.whl

FROM python:3.11-slim-bookworm
# For charts: Thai, Arabic, Devanagari and most other scripts; Chinese, Japanese and Korean; emoji as outlines.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core fonts-noto-cjk fonts-symbola \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 nextplay \
    && useradd --system --uid 10001 --gid nextplay --no-create-home --home-dir /data \
        --shell /usr/sbin/nologin nextplay \
    && install --directory --mode 0750 --owner nextplay --group nextplay /data
COPY --from=wheel /opt/nextplay /opt/nextplay

# The file system is read-only but for /data, which lasts, and /tmp, which does not.
ENV PATH=/opt/nextplay/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    SQLITE_TMPDIR=/data \
    NEXTPLAY_DATABASE=/data/nextplay.sqlite3 \
    NEXTPLAY_SOURCE=/data/source \
    NEXTPLAY_BACKUP_FOLDER=/data/backups \
    NEXTPLAY_TIME_ZONE=Etc/UTC \
    NEXTPLAY_LOG_FORMAT=json \
    NEXTPLAY_METRICS_PORT=9464
WORKDIR /data
VOLUME /data
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=90s --retries=3 \
    CMD ["python", "-m", "bot.telemetry.healthcheck"]
ENTRYPOINT ["nextplay"]
# Docker and Render start again whatever ends, even what Discord has refused for good.
CMD ["run", "--stay"]
