namespace PyBase.Extraction.Dxf.Records;

/// <summary>An object of the OBJECTS section that names another file: an image or an underlay.</summary>
sealed class FileReference : DxfRecord
{
    /// <summary>1 file name.</summary>
    public static readonly RecordType<FileReference> Type = new("IMAGEDEF", "PDFDEFINITION", "DWFDEFINITION", "DGNDEFINITION")
    {
        { 1, (file, tag) => file.Path = tag.Name() },
    };

    public string Path { get; private set; } = "";
}
