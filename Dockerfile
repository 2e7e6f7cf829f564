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
COPY steam steam
COPY store store
RUN /opt/nextplay/bin/pip wheel --disable-pip-version-check --no-deps --no-index --no-build-isolation \
        --wheel-dir /dist . \
    && /opt/nextplay/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-index \
        /dist/nextplay-*.whl

# A bot that serves a published store (docs/scale.md): `docker build --target serve`. Its libraries, without tests,
# headers, and what formats languages that Nextplay does not speak; what a bot loads is compiled, and nothing else.
FROM wheel AS serve-libraries
COPY requirements-serve.lock ./
RUN /opt/nextplay/bin/pip install --no-cache-dir --disable-pip-version-check --no-compile --target /opt/serve \
        --require-hashes --requirement requirements-serve.lock \
    && /opt/nextplay/bin/pip install --no-cache-dir --disable-pip-version-check --no-compile --target /opt/serve \
        --no-deps --no-index /dist/nextplay-*.whl
RUN find /opt/serve -type d -name tests -prune -exec rm -r {} + \
    && find /opt/serve -regextype posix-extended -regex '.*\.(a|c|cpp|h|pxd|pyi|pyx)' -delete \
    && find /opt/serve/babel/locale-data -name '*.dat' ! -name root.dat ! -name 'en*' ! -name 'es*' -delete \
    && find /opt/serve/fontTools -mindepth 1 -maxdepth 1 ! -name __init__.py ! -name agl.py ! -name misc \
        -exec rm -r {} + \
    && rm -r /opt/serve/bin /opt/serve/numpy/f2py /opt/serve/matplotlib/mpl-data/sample_data \
        /opt/serve/matplotlib/mpl-data/fonts/afm /opt/serve/matplotlib/mpl-data/fonts/pdfcorefonts
RUN apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
# What auditwheel has patched is left as it is: strip would spoil it.
RUN find /opt/serve -name '*.so' ! -path '*.libs/*' ! -path '/opt/serve/numpy/*' ! -path '/opt/serve/PIL/*' \
        -exec strip --strip-unneeded {} +
RUN PYTHONPATH=/opt/serve python -c 'import api.server, bot.cli.app, bot.doctor.examine, bot.published.look, bot.serving, \
        bot.telemetry.metrics, charts.drawing.word_cloud, charts.worker, commands.registry as r; r.collect()' \
    && install --directory --mode 0750 /srv/data

FROM gcr.io/distroless/python3-debian12 AS serve
COPY --from=serve-libraries /opt/serve /opt/serve
COPY --from=serve-libraries --chown=10001:10001 /srv/data /data
ENV PYTHONPATH=/opt/serve \
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
    CMD ["/usr/bin/python3", "-m", "bot.telemetry.healthcheck"]
ENTRYPOINT ["/usr/bin/python3", "-m", "bot.cli"]
CMD ["run", "--stay"]

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
