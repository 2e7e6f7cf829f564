"""The reviews of an app, and who wrote them."""

from typing import Any

from msgspec import Struct


class Author(Struct):
    """Who wrote a review; minutes, and seconds since the epoch."""

    steamid: str = ""
    num_reviews: Any = None
    num_games_owned: Any = None
    playtime_forever: int = 0
    playtime_last_two_weeks: int = 0
    playtime_at_review: Any = None
    deck_playtime_at_review: Any = None
    last_played: Any = None


class Review(Struct):
    """A review of IUserReviewsService/GetAppReviews."""

    recommendationid: int = 0
    author: Author | None = None
    language: str = ""
    review: str = ""
    timestamp_created: int = 0
    timestamp_updated: int = 0
    voted_up: bool = False
    votes_up: int = 0
    votes_funny: int = 0
    weighted_vote_score: Any = None
    comment_count: Any = None
    steam_purchase: Any = None
    received_for_free: Any = None
    written_during_early_access: Any = None
    primarily_steam_deck: Any = None
    refunded: Any = None
    developer_response: Any = None
    timestamp_dev_responded: Any = None
    reactions: Any = None


class ReviewTotals(Struct):
    """How many reviews there are; the totals stand only on the first page."""

    num_reviews: int = 0
    total_reviews: int = 0
    review_score: Any = None
    review_score_desc: Any = None
    total_positive: Any = None
    total_negative: Any = None


class ReviewPage(Struct):
    """A page of reviews; an empty one has no `reviews`."""

    query_summary: ReviewTotals | None = None
    reviews: list[Review] = []
    cursor: str = ""
    total_matching: Any = None
