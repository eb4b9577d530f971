"""ISO 3166-1 country codes, and what engines write instead of them.

The codes are those of ISO 3166-1 with XKX (user-assigned) for Kosovo; names come from CLDR through babel, which is
imported only when a name has to be looked up.
"""

import functools
from typing import Annotated

from pydantic import BeforeValidator

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

_ALIASES = {
    "turkey": "TUR", "usa": "USA", "us": "USA", "u.s.": "USA", "united states of america": "USA", "uk": "GBR",
    "great britain": "GBR", "britain": "GBR", "england": "GBR", "holland": "NLD", "the netherlands": "NLD",
    "burma": "MMR", "czech republic": "CZE", "ivory coast": "CIV", "swaziland": "SWZ", "macedonia": "MKD",
    "cape verde": "CPV", "palestine": "PSE", "state of palestine": "PSE", "syrian arab republic": "SYR",
    "russian federation": "RUS", "republic of korea": "KOR", "democratic people's republic of korea": "PRK",
    "islamic republic of iran": "IRN", "people's republic of china": "CHN", "dr congo": "COD", "drc": "COD",
    "uae": "ARE", "xks": "XKX", "kos": "XKX",
}  # fmt: skip


@functools.cache
def _alpha3_of_name() -> dict[str, str]:
    from babel import Locale

    territories = Locale("en").territories
    return {name.casefold(): ALPHA3_OF[code] for code, name in territories.items() if code in ALPHA3_OF} | _ALIASES


def alpha3(value: str) -> str | None:
    """The ISO 3166-1 alpha-3 code that an alpha-3 or alpha-2 code or an English country name means, or None."""
    text = value.strip()
    code = text.upper()
    if code in ALPHA2_OF:
        return code
    return ALPHA3_OF.get(code) or _alpha3_of_name().get(text.casefold())


def country_name(code: str) -> str:
    """The English name of an alpha-3 code (CLDR); the code itself when it has none."""
    from babel import Locale

    return str(Locale("en").territories.get(ALPHA2_OF.get(code, ""), code))


def _converted(value: object) -> object:
    if not isinstance(value, str):
        return value
    return alpha3(value) or value.strip() or None


CountryCode = Annotated[str, BeforeValidator(_converted)]
"""An alpha-3 code; what unambiguously means one is converted, anything else is kept as it stands, to be checked."""
