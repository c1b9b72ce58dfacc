using PyBase.Core.Imports;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Notation.PartNumbers;
using PyBase.Storage.Imports;

namespace PyBase.Workers.Imports;

/// <summary>Rows of a file as records that are to be merged: each key once in a chunk, the last row of it counts, and what stands twice in the file is said.</summary>
sealed class MergeKeys(ImportMapping mapping, string?[] columnFields, ImportFindings findings)
{
    /// <summary>Keys remembered, as hashes: 16 MB. Behind them what stands twice is noticed within a chunk only.</summary>
    const int MostKeys = 1_000_000;

    readonly HashSet<int> seen = [];
    readonly List<StagedRow> rowsByPlace = [];
    readonly List<string> keysByPlace = [];

    /// <summary>The row of the last chunk that became this record of its plan.</summary>
    public StagedRow RowAt(int place) => rowsByPlace[place];

    /// <summary>Its key, for people.</summary>
    public string KeyAt(int place) => keysByPlace[place].Length > 60 ? keysByPlace[place][..60] : keysByPlace[place].Replace('\u001F', ' ');

    public IReadOnlyList<PlannedRecord> Once(IReadOnlyList<StagedRow> rows, Field[] fields, IReadOnlyList<string> fieldIds)
    {
        rowsByPlace.Clear();
        keysByPlace.Clear();
        if (mapping.Merge is not { } merge)
        {
            rowsByPlace.AddRange(rows);
            var all = Enumerable.Repeat(true, fields.Length).ToArray();
            return [.. rows.Select(row => new PlannedRecord(row.Id, row.Values, all))];
        }
        var keyed = merge.On.Select(key => Array.FindIndex(fields, field => field.Id == fieldIds[Array.IndexOf(columnFields, key)])).ToArray();
        var records = new List<PlannedRecord>();
        var places = new Dictionary<string, int>();
        foreach (var row in rows)
        {
            var isSet = row.Values.Select(value => value is not null || merge.EmptyCellsOverwrite).ToArray();
            var record = new PlannedRecord(row.Id, row.Values, isSet);
            var parts = keyed.Select(place => place < 0 ? null : row.Values[place]).ToArray();
            if (parts.Contains(null))
            {
                // Without a key it is nobody's equal.
                Add(row, record, "");
                continue;
            }
            var key = merge.FoldsPartNumbers && parts[0] is string number ? PartNumber.Fold(number) : string.Join('\u001F', parts);
            var isKnown = places.TryGetValue(key, out var place) || seen.Contains(key.GetHashCode(StringComparison.Ordinal));
            if (isKnown)
                findings.Add("key-twice-in-file", "warning", "Rows of the file have the same key; the last of them counts.", key.Length > 60 ? key[..60] : key.Replace('\u001F', ' '));
            else if (seen.Count < MostKeys)
                seen.Add(key.GetHashCode(StringComparison.Ordinal));
            if (places.TryGetValue(key, out place))
                records[place] = Join(records[place], record);
            else
            {
                places[key] = records.Count;
                Add(row, record, key);
            }
        }
        return records;

        void Add(StagedRow row, PlannedRecord record, string key)
        {
            records.Add(record);
            rowsByPlace.Add(row);
            keysByPlace.Add(key);
        }
    }

    static PlannedRecord Join(PlannedRecord first, PlannedRecord last) => first with
    {
        Values = [.. first.Values.Select((value, n) => last.IsSet[n] ? last.Values[n] : value)], IsSet = [.. first.IsSet.Select((isSet, n) => isSet || last.IsSet[n])],
    };
}
