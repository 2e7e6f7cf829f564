"""An app as IStoreBrowseService/GetItems answers it: who made it, what it costs, what it runs on."""

from typing import Any

from msgspec import Struct


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
