namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>A fact of which the truth is wrong, and how the format's specification shows it.</summary>
sealed record Dispute(string Format, string File, string Key, string Truth, string Ours, string Evidence);

/// <summary>At most five for each format; more would need a second independent reader.</summary>
static class Disputes
{
    public static IReadOnlyList<Dispute> All { get; } =
    [
        new("STEP", "s1-c5-214/HEAD_BACK.stp", "bbox_mm max_x", "310", "250",
            "ISO 10303-42: the face #243 is a piece of a sphere about x = 250 mm whose edge #70 runs from +z to −z by way of +y. FACE_BOUND and ADVANCED_FACE are .T., so the face lies to the left of the edge, on the side of −x, and the plane #161 closes the solid at x = 250. The truth's volume (880,933 mm³) is nearly that of the whole ball, not of the shell in the file."),
    ];

    public static Dispute? Of(string file, string key) => All.FirstOrDefault(each => each.File == file && each.Key == key);
}
