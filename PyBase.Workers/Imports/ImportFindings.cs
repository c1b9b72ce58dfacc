using PyBase.Core.Jobs;
using PyBase.Extraction;

namespace PyBase.Workers.Imports;

/// <summary>What was odd about the rows of an import: equal cases are counted, with the first places of each, so that a million bad rows are a few lines.</summary>
sealed class ImportFindings
{
    const int PlacesShown = 5;
    const int MostKinds = 500;

    sealed class Case
    {
        public required string Severity { get; init; }
        public List<string> Places { get; } = [];
        public int Count { get; set; }
    }

    readonly OrderedDictionary<(string Code, string Message), Case> cases = [];

    public void Add(string code, string severity, string message, string? place)
    {
        if (!cases.TryGetValue((code, message), out var known))
        {
            if (cases.Count >= MostKinds)
                return;
            cases[(code, message)] = known = new Case { Severity = severity };
        }
        known.Count++;
        if (place is not null && known.Places.Count < PlacesShown)
            known.Places.Add(place);
    }

    public void Clear() => cases.Clear();

    /// <summary>These, behind those of the file itself.</summary>
    public JobFinding[] Behind(IReadOnlyList<Finding> file) =>
    [
        .. file.Select(Show),
        .. cases.Select(one => new JobFinding(one.Key.Code, one.Value.Severity, one.Key.Message,
            one.Value.Places.Count == 0 ? null : string.Join(", ", one.Value.Places) + (one.Value.Count > one.Value.Places.Count ? ", …" : ""), one.Value.Count)),
    ];

    public static JobFinding Show(Finding finding) => new(finding.Code, finding.Severity.ToString().ToLowerInvariant(), finding.Message, finding.Locator, finding.Count);
}
