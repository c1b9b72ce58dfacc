namespace PyBase.Extraction.Dwg;

/// <summary>The versions of the format that are read; later ones add to earlier ones.</summary>
enum DwgVersion
{
    None,
    R2000,
    R2004,
    R2007,
    R2010,
    R2013,
    R2018,
}

static class DwgVersions
{
    /// <summary>By the six characters a file begins with.</summary>
    public static DwgVersion Find(ReadOnlySpan<byte> mark) => mark switch
    {
        _ when mark.SequenceEqual("AC1015"u8) => DwgVersion.R2000,
        _ when mark.SequenceEqual("AC1018"u8) => DwgVersion.R2004,
        _ when mark.SequenceEqual("AC1021"u8) => DwgVersion.R2007,
        _ when mark.SequenceEqual("AC1024"u8) => DwgVersion.R2010,
        _ when mark.SequenceEqual("AC1027"u8) => DwgVersion.R2013,
        _ when mark.SequenceEqual("AC1032"u8) => DwgVersion.R2018,
        _ => DwgVersion.None,
    };
}
