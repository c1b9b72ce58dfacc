using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Records;

/// <summary>What a write of records will do, with every value in its stored form: data that can be printed, compared and tested.</summary>
/// <param name="Table">The table written to.</param>
/// <param name="Fields">The fields that at least one record sets, in table order.</param>
/// <param name="Records">In the order of the request.</param>
/// <param name="NewChoices">Choices that typecast adds, by field id.</param>
public sealed record RecordPlan(
    Table Table, IReadOnlyList<Field> Fields, IReadOnlyList<PlannedRecord> Records, IReadOnlyDictionary<string, IReadOnlyList<Choice>> NewChoices)
{
    /// <summary>The values come from the log: attachments, choices and links in them are there already.</summary>
    public bool IsStored { get; init; }

    /// <summary>The tables whose rows change: this one, and those at the other end of the links that are set.</summary>
    public IReadOnlyCollection<string> Tables =>
        [.. Fields.Select(f => f.Type).OfType<MultipleRecordLinks>().Select(link => link.LinkedTableId).Append(Table.Id).Distinct()];

    /// <summary>Tables in which links by name may make records.</summary>
    public IEnumerable<string> NamedTables => Fields.Index().Where(f => f.Item.Type is MultipleRecordLinks && Records.Any(r => r.Values[f.Index] is NamedLinks))
        .Select(f => ((MultipleRecordLinks)f.Item.Type).LinkedTableId).Distinct();

    /// <summary>Most records of one transaction (design: bulk goes in chunks, each a version).</summary>
    public const int MaxRecords = 5_000;

    /// <summary>Most links and attachments that one request sets, all its cells together.</summary>
    public const int MaxLinks = 100_000;
}

/// <summary>One record of a plan: values by the plan's fields; a field that is not set keeps what it has.</summary>
public sealed record PlannedRecord(string Id, object?[] Values, bool[] IsSet)
{
    /// <summary>When a record that moves here was made; null for now.</summary>
    public DateTimeOffset? CreatedTime { get; init; }
}
