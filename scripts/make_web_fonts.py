"""Cut the fonts of the HTML pages from those of the PDF: Latin, Greek, Cyrillic and punctuation, as woff2.

Run by hand after a font changes; needs `fonttools` and `brotli`.
"""

from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).resolve().parent.parent / "analysis" / "publish" / "fonts"
FACES = (
    "SourceSansPro-Regular",
    "SourceSansPro-Semibold",
    "SourceSerifPro-Regular",
    "SourceSerifPro-It",
    "SourceSerifPro-Semibold",
)
UNICODES = (
    "20-7E,A0-17F,18F,1A0-1A1,1AF-1B0,1C4-1DC,218-21B,2B9-2DD,300-304,306-30C,323,370-3FF,400-45F,490-491"
    ",1E00-1EF9,2010-2027,2030-203A,2044,20AC,2116,2122,2190-2193,2212,2248,2260-2265"
)


def main() -> None:
    """Write one woff2 a face."""
    for face in FACES:
        target = FONTS / f"{face}.woff2"
        subset.main([str(FONTS / f"{face}.ttf"), f"--unicodes={UNICODES}", "--flavor=woff2", f"--output-file={target}",
                     "--layout-features=kern,liga,lnum,tnum,pnum,onum,sups,locl,ccmp,mark,mkmk"])  # fmt: skip
        print(f"{target.name}: {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
