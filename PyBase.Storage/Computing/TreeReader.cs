using Npgsql;
using PyBase.Core.Computing;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Computing;

/// <summary>The part of a table that hangs together under one record, in one statement.</summary>
public sealed class TreeReader(NpgsqlDataSource data)
{
    /// <summary>Most records of a tree that is read.</summary>
    public const int MaxRecords = 100_000;

    /// <summary>The record and everything that its links lead to; null when it is not there, or when it is too much.</summary>
    /// <param name="schema">The base.</param>
    /// <param name="table">The table.</param>
    /// <param name="link">A link of the table to itself: to what a record consists of, or the other way.</param>
    /// <param name="value">A number of each record, if any.</param>
    /// <param name="quantity">How many of a record are in each that contains it; one where there is no such field.</param>
    /// <param name="root">Where to begin.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<string, TreeNode>?> ReadAsync(
        BaseSchema schema, Table table, Field link, Field? value, Field? quantity, string root, CancellationToken cancellation)
    {
        var type = (MultipleRecordLinks)link.Type;
        var (near, far) = Sql.Ends(type);
        var rows = ReadableRows.Of(schema, table);
        await using var command = data.CreateCommand($"""
            with recursive below(id) as (
                select _id from {rows} root where _id = $1
                union select l.{far}_id from below join {Sql.LinkTable(schema.Id, type)} l on l.{near}_id = below.id{ReadableRows.And(schema, table, $"l.{far}_id")})
            select t._id, {Number(value)}, {Number(quantity)}, t.{Sql.Column(link)} from below join {rows} t on t._id = below.id limit {MaxRecords + 1}
            """);
        command.Parameters.Add(new() { Value = root });
        var nodes = new Dictionary<string, TreeNode>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            nodes[row.GetString(0)] = new TreeNode(row.IsDBNull(1) ? null : row.GetDouble(1), row.IsDBNull(2) ? null : row.GetDouble(2), row.IsDBNull(3) ? [] : row.GetFieldValue<string[]>(3));
        return nodes.Count is 0 or > MaxRecords ? null : nodes;

        static string Number(Field? field) => field is null ? "null::float8" : NotatedSql.Order($"t.{Sql.Column(field)}", field.Type);
    }
}
