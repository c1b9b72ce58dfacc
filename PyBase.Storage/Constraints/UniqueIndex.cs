using PyBase.Core.Constraints;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Constraints;

/// <summary>
/// The index that keeps values unique, of a field or of several. Where the values themselves are compared it becomes a deferrable constraint, so that one write
/// may exchange two values; PostgreSQL has that for columns, not for expressions (without case, text of barcodes, keys of notations).
/// </summary>
/// <param name="Id">The field or the constraint it is for.</param>
/// <param name="Fields">What is compared.</param>
/// <param name="Uniqueness">How.</param>
sealed record UniqueIndex(string Id, IReadOnlyList<Field> Fields, Uniqueness Uniqueness)
{
    public const string Prefix = "unq_";

    /// <summary>Without case it is another index, so that it can be built while the other one stands.</summary>
    public string Name => Prefix + Id + (Uniqueness is Uniqueness.IgnoringCase ? "_ci" : "");

    IEnumerable<string> Keys => Fields.Select(Key);

    public string Columns => string.Join(", ", Keys);

    /// <summary>Rows that count: those without an empty cell among the fields.</summary>
    public string IsWhole => string.Join(" and ", Fields.Select(f => $"{Sql.Column(f)} is not null"));

    bool IsPlain => Fields.All(f => Key(f) == Sql.Column(f));

    public string Build(string baseId, string tableId) => $"create unique index concurrently {Sql.Quote(Name)} on {Sql.Table(baseId, tableId)} ({Columns})";

    /// <summary>Of a built index, what else it takes; null when nothing.</summary>
    public string? Attach(string baseId, string tableId) => IsPlain
        ? $"alter table {Sql.Table(baseId, tableId)} add constraint {Sql.Quote(Name)} unique using index {Sql.Quote(Name)} deferrable initially immediate"
        : null;

    /// <summary>Index and constraint at once, for a field whose cells are empty still.</summary>
    public string Create(string baseId, string tableId) => IsPlain
        ? $"alter table {Sql.Table(baseId, tableId)} add constraint {Sql.Quote(Name)} unique ({Columns}) deferrable initially immediate"
        : $"create unique index {Sql.Quote(Name)} on {Sql.Table(baseId, tableId)} ({Columns})";

    public IEnumerable<string> Drop(string baseId, string tableId) =>
        [$"alter table {Sql.Table(baseId, tableId)} drop constraint if exists {Sql.Quote(Name)}", $"drop index if exists {Sql.Table(baseId, Name)}"];

    string Key(Field field)
    {
        if (field.Type is Notated)
            return NotatedSql.Key(Sql.Column(field));
        var value = field.Type is Barcode ? $"({Sql.Column(field)} ->> 'text')" : Sql.Column(field);
        var isText = field.Type is Barcode || field.Type.Column is ColumnType.Text;
        // Named, since what lower() makes of Ä depends on a collation.
        return isText && Uniqueness is Uniqueness.IgnoringCase ? $"lower({value} collate pybase.natural_order)" : value;
    }
}
