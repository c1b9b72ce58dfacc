namespace PyBase.Extraction.Dwg.Objects;

/// <summary>The names that DXF has for the numbers of code pages in DWG files.</summary>
static class DwgCodePages
{
    static readonly string[] Names =
    [
        "", "ASCII", "ISO8859-1", "ISO8859-2", "ISO8859-3", "ISO8859-4", "ISO8859-5", "ISO8859-6", "ISO8859-7", "ISO8859-8", "ISO8859-9", "DOS437", "DOS850", "DOS852",
        "DOS855", "DOS857", "DOS860", "DOS861", "DOS863", "DOS864", "DOS865", "DOS869", "DOS932", "MAC-ROMAN", "BIG5", "KSC5601", "JOHAB", "DOS866", "ANSI_1250",
        "ANSI_1251", "ANSI_1252", "GB2312", "ANSI_1253", "ANSI_1254", "ANSI_1255", "ANSI_1256", "ANSI_1257", "ANSI_874", "ANSI_932", "ANSI_936", "ANSI_949", "ANSI_950",
        "ANSI_1361", "ANSI_1200", "ANSI_1258",
    ];

    public static string NameOf(int number) => number >= 0 && number < Names.Length ? Names[number] : "";

    /// <summary>The page when its characters may be of two bytes; else 0.</summary>
    public static int DoubleByte(int number) => number switch
    {
        22 or 38 => 932,
        24 or 41 => 950,
        25 or 40 => 949,
        26 or 42 => 1361,
        31 or 39 => 936,
        _ => 0,
    };
}
