"""ISO 3166-1 country codes, and what engines write instead of them.

The codes are those of ISO 3166-1 with XKX (user-assigned) for Kosovo; names come from CLDR through babel, which is
imported only when a name has to be looked up.
"""

import functools
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

_PAIRS = (
    "ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB "
    "BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR "
    "BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR "
    "CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK "
    "FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS "
    "GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN "
    "ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO "
    "LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD "
    "MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER "
    "NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM "
    "PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP "
    "SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF "
    "TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY "
    "UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE"
)
ALPHA3_OF = {pair[:2]: pair[2:] for pair in _PAIRS.split()}
"""ISO 3166-1 alpha-2 to alpha-3."""

ALPHA2_OF = {alpha3: alpha2 for alpha2, alpha3 in ALPHA3_OF.items()}
"""ISO 3166-1 alpha-3 to alpha-2."""

FORMER = {
    "ANT": ("Netherlands Antilles", "CUW"), "BUR": ("Burma", "MMR"), "BYS": ("Byelorussian SSR", "BLR"),
    "CSK": ("Czechoslovakia", "CZE"), "DDR": ("East Germany", "DEU"), "DHY": ("Dahomey", "BEN"),
    "HVO": ("Upper Volta", "BFA"), "NHB": ("New Hebrides", "VUT"), "RHO": ("Southern Rhodesia", "ZWE"),
    "SCG": ("Serbia and Montenegro", "SRB"), "SUN": ("Soviet Union", "RUS"), "TMP": ("East Timor", "TLS"),
    "VDR": ("North Vietnam", "VNM"), "YMD": ("South Yemen", "YEM"), "YUG": ("Yugoslavia", "SRB"),
    "ZAR": ("Zaire", "COD"),
}  # fmt: skip
"""Codes of countries that are no more (ISO 3166-3), as they were in alpha-3: English name, and the code of what
stands on their capital's ground today."""

_ALIASES = {
    "america": "USA", "britain": "GBR", "burma": "MMR", "cape verde": "CPV", "congo brazzaville": "COG",
    "congo kinshasa": "COD", "czech republic": "CZE", "democratic people's republic of korea": "PRK",
    "democratic republic of congo": "COD", "democratic republic of the congo": "COD", "dr congo": "COD", "drc": "COD",
    "east timor": "TLS", "england": "GBR", "great britain": "GBR", "holland": "NLD", "holy see": "VAT",
    "hong kong": "HKG", "islamic republic of iran": "IRN", "ivory coast": "CIV", "kos": "XKX", "lao pdr": "LAO",
    "macao": "MAC", "macau": "MAC", "macedonia": "MKD", "myanmar": "MMR", "northern ireland": "GBR", "palestine": "PSE",
    "people's republic of china": "CHN", "republic of china": "TWN", "republic of korea": "KOR",
    "republic of moldova": "MDA", "republic of the congo": "COG", "republic of turkey": "TUR",
    "republic of turkiye": "TUR", "russian federation": "RUS", "scotland": "GBR", "state of palestine": "PSE",
    "swaziland": "SWZ", "syrian arab republic": "SYR", "turkey": "TUR", "uae": "ARE", "uk": "GBR", "us": "USA",
    "united states of america": "USA", "usa": "USA", "vatican": "VAT", "viet nam": "VNM", "wales": "GBR", "xks": "XKX",
}  # fmt: skip
_FORMER_NAMES = {
    "czechoslovakia": "CSK", "east germany": "DDR", "gdr": "DDR", "german democratic republic": "DDR",
    "serbia and montenegro": "SCG", "soviet union": "SUN", "ussr": "SUN", "yugoslavia": "YUG", "zaire": "ZAR",
}  # fmt: skip
_SPELLINGS = str.maketrans({"&": " and ", "’": "'", "-": " ", ".": None})


@functools.cache
def _alpha3_of_name() -> dict[str, str]:
    from babel import Locale

    territories = Locale("en").territories
    return (
        {_folded(name): ALPHA3_OF[code] for code, name in territories.items() if code in ALPHA3_OF}
        | _FORMER_NAMES
        | _ALIASES
    )


def _folded(name: str) -> str:
    """A name without what spellings differ in: case, accents, full stops, hyphens, `&`, "St." and a leading article."""
    letters = unicodedata.normalize("NFD", name.translate(_SPELLINGS).casefold())
    words = "".join(char for char in letters if not unicodedata.combining(char)).split()
    words = words[1:] if words[:1] == ["the"] else words
    return " ".join("saint" if word == "st" else word for word in words)


def is_country(code: str) -> bool:
    """Whether a code is one of a country, of today (ISO 3166-1 alpha-3) or of the past (ISO 3166-3)."""
    return code in ALPHA2_OF or code in FORMER


def today(code: str) -> str:
    """The code of what stands today on the ground of a country of the past; other codes as they are."""
    return FORMER[code][1] if code in FORMER else code


def alpha3(value: str) -> str | None:
    """The ISO 3166-1 alpha-3 code that an alpha-3 or alpha-2 code or an English country name means, or None."""
    text = value.strip()
    code = text.upper()
    if is_country(code):
        return code
    return ALPHA3_OF.get(code) or _alpha3_of_name().get(_folded(text))


def country_name(code: str) -> str:
    """The English name of an alpha-3 code (CLDR); the code itself when it has none."""
    from babel import Locale

    if code in FORMER:
        return FORMER[code][0]
    return str(Locale("en").territories.get(ALPHA2_OF.get(code, ""), code))


def _converted(text: str) -> str | None:
    return alpha3(text) or text.strip() or None


CountryCode = Annotated[str, AfterValidator(_converted)]
"""An alpha-3 code; what means one is converted, a blank is None, anything else is kept as it stands, to be checked."""
