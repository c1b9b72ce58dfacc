using System.Security.Cryptography;
using System.Text;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Indexes;

/// <summary>An index that serves what <see cref="PageSql"/> and <see cref="FilterSql"/> write: over the same expressions, or PostgreSQL does not use it.</summary>
static class IndexSql
{
    public const string Prefix = "idx_";

    /// <summary>The same for the same shape of the same table and definitions; choices in another order are another order of rows.</summary>
    public static string Name(BaseSchema schema, Table table, IndexShape shape) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{table.Id} {Columns(schema, shape)}"))[..14]);

    public static string Create(BaseSchema schema, Table table, IndexShape shape) =>
        $"create index concurrently if not exists \"{Name(schema, table, shape)}\" on {Sql.Table(schema.Id, table.Id)} {Columns(schema, shape)}";

    static string Columns(BaseSchema schema, IndexShape shape) => shape.Use switch
    {
        IndexUse.List => $"using gin ({Sql.Column(shape.Keys[0].Field)})",
        // A choice is compared by its id and sorted by its place in the list.
        IndexUse.Compare when shape.Keys[0].Kind is SortKind.Choice => $"({Sql.Column(shape.Keys[0].Field)}, _number)",
        _ => $"({string.Concat(shape.Keys.Select(key => $"{Key(schema, key)} {(key.Descending ? "desc nulls last" : "asc nulls first")}, "))}_number)",
    };

    static string Key(BaseSchema schema, Sort sort) =>
        SortSql.KeyOf(schema, sort, Sql.Column(sort.Field), _ => throw new InvalidOperationException("An index has no parameters."));
}
