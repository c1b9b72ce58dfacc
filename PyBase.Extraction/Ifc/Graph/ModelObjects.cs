using System.Buffers;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>All objects and types, in the order of the file.</summary>
sealed class ModelObjects
{
    static readonly SearchValues<char> GuidLetters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$");

    readonly List<ModelObject> all = [];
    readonly Dictionary<int, ModelObject> byPlace = [];

    public ModelObjects(InstanceStore store, FindingList findings, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < store.Count; place++)
        {
            if ((place & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (IfcSchema.ClassOf(store.Keyword(place)) is not { } subject)
                continue;
            var guid = store.Text(place, 0) ?? "";
            var isNew = guid.Length > 0 && seen.Add(guid);
            var found = new ModelObject(place, subject, guid, isNew ? guid : $"{guid} {store.Locator(place)}".TrimStart());
            all.Add(found);
            byPlace.Add(place, found);
            if (!IsGuid(guid))
                findings.Warn(IfcFindingCode.GuidMalformed, "A GlobalId is missing or malformed.", found.Locator);
            else if (!isNew)
                findings.Warn(IfcFindingCode.DuplicateGuid, "An object has the GlobalId of another.", found.Locator);
        }
    }

    public IReadOnlyList<ModelObject> All => all;

    /// <summary>The object at a place, or null when none is there.</summary>
    public ModelObject? At(int place) => byPlace.GetValueOrDefault(place);

    public IEnumerable<ModelObject> Of(params IfcKind[] kinds) => all.Where(each => kinds.Contains(each.Class.Kind));

    // 128 bits in 22 letters of 6: the first holds only 2 (IfcGloballyUniqueId, ISO 16739-1, 5.1.2.3).
    static bool IsGuid(string guid) => guid.Length == 22 && guid[0] is >= '0' and <= '3' && !guid.AsSpan().ContainsAnyExcept(GuidLetters);
}
