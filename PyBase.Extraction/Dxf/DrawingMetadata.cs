using System.Globalization;
using PyBase.Extraction.Dxf.Content;

namespace PyBase.Extraction.Dxf;

/// <summary>What the header says about the file.</summary>
static class DrawingMetadata
{
    public static Dictionary<string, string> Of(DrawingHeader header)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(string key, string value)
        {
            if (value.Length > 0)
                metadata.Add(key, value);
        }

        Add("acad_version", header.Version);
        Add("release", Release(header.Version));
        Add("code_page", header.CodePage);
        Add("last_saved_by", header.LastSavedBy);
        Add("project_name", header.ProjectName);
        Add("created", Date(header.Created, header.CreatedUniversal));
        Add("updated", Date(header.Updated, header.UpdatedUniversal));
        return metadata;
    }

    static string Release(string version) => version switch
    {
        "AC1006" => "R10",
        "AC1009" => "R12",
        "AC1012" => "R13",
        "AC1014" => "R14",
        "AC1015" => "R2000",
        "AC1018" => "R2004",
        "AC1021" => "R2007",
        "AC1024" => "R2010",
        "AC1027" => "R2013",
        "AC1032" => "R2018",
        _ => "",
    };

    // The writer's local time without a zone, else universal time.
    static string Date(double? local, double? universal) => Date(local) is { Length: > 0 } date ? date : Date(universal) is { Length: > 0 } sure ? sure + "Z" : "";

    // Julian days begin at noon; 2415018.5 is 1899-12-30 00:00, where OLE dates begin.
    static string Date(double? julian) =>
        julian is { } days && days - 2415018.5 is > 0 and < 2_000_000
            ? DateTime.FromOADate(days - 2415018.5).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : "";
}
