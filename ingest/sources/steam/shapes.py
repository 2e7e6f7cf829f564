"""The shapes of Steam's answers, as far as anything is made of them.

Every field has a default, since Steam leaves out what is false, 0 or empty. Fields of type `Any` are known
and not used: naming them keeps them from being told as new.
"""

from typing import Any

from msgspec import Struct


class App(Struct):
    """An app of IStoreService/GetAppList."""

    appid: int = 0
    name: str = ""
    last_modified: int = 0
    price_change_number: int = 0


class AppPage(Struct):
    """A page of the same; on the last one the two fields at the end are missing."""

    apps: list[App] = []
    have_more_results: bool = False
    last_appid: int = 0


class AppRef(Struct):
    """An id of IStoreQueryService/Query."""

    appid: int = 0


class QueryMetadata(Struct):
    """How many there are in all."""

    total_matching_records: int = 0
    start: int = 0
    count: int = 0


class QueryPage(Struct):
    """A page of IStoreQueryService/Query."""

    metadata: QueryMetadata | None = None
    ids: list[AppRef] = []
    store_items: Any = None


class Tag(Struct):
    """A tag of IStoreService/GetTagList."""

    tagid: int = 0
    name: str = ""


class TagList(Struct):
    """All tags; an unchanged list comes back empty."""

    version_hash: str = ""
    tags: list[Tag] = []


class Category(Struct):
    """A feature of IStoreBrowseService/GetStoreCategories."""

    categoryid: int = 0
    type: Any = None
    internal_name: str = ""
    display_name: str = ""
    image_url: Any = None
    show_in_search: Any = None
    computed: Any = None
    edit_url: Any = None
    edit_sort_order: Any = None


class CategoryList(Struct):
    """All features."""

    categories: list[Category] = []


class PriceStops(Struct):
    """The currency of a country, by IStoreBrowseService/GetPriceStops."""

    currency_code: str = ""
    price_stops: Any = None


class Named(Struct):
    """A developer, publisher or franchise."""

    name: str = ""
    creator_clan_account_id: Any = None


class BasicInfo(Struct):
    """Who made it, and what it is about."""

    short_description: str = ""
    publishers: list[Named] = []
    developers: list[Named] = []
    franchises: Any = None
    capsule_headline: Any = None


class Categories(Struct):
    """The numbers of features."""

    supported_player_categoryids: list[int] = []
    feature_categoryids: list[int] = []
    controller_categoryids: list[int] = []


class ReviewSummary(Struct):
    """What reviews say in sum."""

    review_count: int = 0
    percent_positive: int = 0
    review_score: int = 0
    review_score_label: Any = None


class Reviews(Struct):
    """The sums by what is left out of them."""

    summary_filtered: ReviewSummary | None = None
    summary_unfiltered: ReviewSummary | None = None
    summary_language_specific: Any = None


class Release(Struct):
    """When it came out; stamps are seconds since the epoch."""

    steam_release_date: int = 0
    original_release_date: int = 0
    original_steam_release_date: int = 0
    is_coming_soon: bool = False
    coming_soon_display: str = ""
    custom_release_date_message: str = ""
    is_abridged_release_date: Any = None
    is_preload: Any = None
    is_early_access: bool = False
    release_from_early_access_date: Any = None
    mac_release_date: Any = None
    linux_release_date: Any = None
    limited_launch_active: Any = None


class Platforms(Struct):
    """What it runs on."""

    windows: bool = False
    mac: bool = False
    steamos_linux: bool = False
    vr_support: Any = None
    steam_deck_compat_category: int = 0
    steam_os_compat_category: Any = None
    steam_frame_compat_category: Any = None
    steam_machine_compat_category: Any = None


class Discount(Struct):
    """A discount that holds now."""

    discount_amount: Any = None
    discount_description: Any = None
    discount_end_date: int = 0


class PurchaseOption(Struct):
    """A way to buy it; amounts are hundredths of the country's currency."""

    packageid: Any = None
    bundleid: Any = None
    purchase_option_name: Any = None
    final_price_in_cents: int | None = None
    original_price_in_cents: int | None = None
    user_final_price_in_cents: Any = None
    user_discount_pct: Any = None
    formatted_final_price: Any = None
    formatted_original_price: Any = None
    discount_pct: int = 0
    bundle_discount_pct: Any = None
    active_discounts: list[Discount] = []
    user_active_discounts: Any = None
    lowest_recent_price_in_cents: Any = None
    is_free_to_keep: bool = False
    free_to_keep_ends: int = 0
    included_game_count: Any = None
    package_group: Any = None
    is_commercial_license: Any = None
    should_suppress_discount_pct: Any = None
    hide_discount_pct_for_compliance: Any = None
    must_purchase_as_set: Any = None
    purchase_option_id: Any = None
    user_can_purchase: Any = None
    user_can_purchase_as_gift: Any = None
    requires_shipping: Any = None
    recurrence_info: Any = None


class FreeWeekend(Struct):
    """When it may be played for nothing; seconds since the epoch."""

    start_time: int = 0
    end_time: int = 0
    text: Any = None


class SupportedLanguage(Struct):
    """A language by Steam's number."""

    elanguage: int = -1
    eadditionallanguage: Any = None
    supported: bool = False
    full_audio: bool = False
    subtitles: bool = False


class Assets(Struct):
    """Names of pictures, and how an address is made of one."""

    asset_url_format: str = ""
    header: str = ""
    main_capsule: Any = None
    small_capsule: Any = None
    package_header: Any = None
    page_background: Any = None
    page_background_path: Any = None
    hero_capsule: Any = None
    hero_capsule_2x: Any = None
    library_capsule: Any = None
    library_capsule_2x: Any = None
    library_hero: Any = None
    library_hero_2x: Any = None
    community_icon: Any = None
    clan_avatar: Any = None
    raw_page_background: Any = None


class StoreItem(Struct):
    """An app of IStoreBrowseService/GetItems."""

    item_type: Any = None
    id: int = 0
    appid: Any = None
    success: int = 0
    visible: bool = False
    unvailable_for_country_restriction: Any = None
    name: str = ""
    store_url_path: Any = None
    store_url_slug: Any = None
    type: int = 0
    is_free: bool = False
    is_free_temporarily: bool = False
    is_early_access: bool = False
    is_coming_soon: bool = False
    unlisted: Any = None
    included_types: Any = None
    included_appids: Any = None
    internal_id: Any = None
    related_items: Any = None
    content_descriptorids: list[int] = []
    tagids: list[int] = []
    tags: Any = None
    categories: Categories | None = None
    reviews: Reviews | None = None
    basic_info: BasicInfo | None = None
    release: Release | None = None
    platforms: Platforms | None = None
    game_rating: Any = None
    best_purchase_option: PurchaseOption | None = None
    purchase_options: list[PurchaseOption] = []
    accessories: Any = None
    self_purchase_option: Any = None
    free_weekend: FreeWeekend | None = None
    supported_languages: list[SupportedLanguage] = []
    assets: Assets | None = None
    assets_without_overrides: Any = None
    screenshots: Any = None
    trailers: Any = None
    links: Any = None
    full_description: Any = None
    item_failure: Any = None


class Genre(Struct):
    """A genre of appdetails; its id comes as text."""

    id: Any = None
    description: str = ""


class Metacritic(Struct):
    """Metacritic's score, 0 to 100."""

    score: int = 0
    url: Any = None


class PlayerCount(Struct):
    """How many play an app now, by ISteamUserStats/GetNumberOfCurrentPlayers; result 1 is good."""

    player_count: int = 0
    result: int = 0


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
    """How many reviews there are; the totals stand on the first page alone."""

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
