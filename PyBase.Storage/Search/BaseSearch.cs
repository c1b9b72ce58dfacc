using System.Text.Json;
using Npgsql;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Search;

/// <summary>Words in all tables of a base.</summary>
public sealed class BaseSearch(NpgsqlDataSource data)
{
    /// <summary>Tables asked by one statement.</summary>
    const int Together = 50;

    /// <summary>Most records of an answer.</summary>
    public const int MaxResults = 200;

    /// <summary>The table's text as <c>s</c>; where it holds more than the reader sees, that of the cells he sees of the rows in which the words may be.</summary>
    static string Texts(BaseSchema schema, Table table, string found) => !SearchTable.TellsTooMuch(table) ? $"{SearchTable.Of(schema.Id, table.Id)} s"
        : $"(select s.record, {SearchTable.Text(schema, table, "seen")} as text from {SearchTable.Of(schema.Id, table.Id)} s join {Sql.Table(schema.Id, table.Id)} seen on seen._id = s.record where {found}) s";

    /// <summary>
    /// Writes <c>{tableId, recordId, name, excerpt}</c> for each record whose text contains all the words, table by table, as array elements; true when there
    /// are more.
    /// </summary>
    public async Task<bool> WriteAsync(BaseSchema schema, Core.Queries.Search search, int limit, Utf8JsonWriter json, CancellationToken cancellation)
    {
        var left = limit;
        await using var connection = await data.OpenConnectionAsync(cancellation);
        foreach (var tables in schema.Tables.Where(t => t.Fields.Any(SearchTable.Holds)).Chunk(Together))
        {
            await using var command = new NpgsqlCommand { Connection = connection };
            string Parameter(object value)
            {
                command.Parameters.Add(new() { Value = value });
                return $"${command.Parameters.Count}";
            }
            var first = Parameter(search.Words[0]);
            var found = string.Join(" and ", search.Words.Select(word => $"s.text ilike {Parameter(CellText.Anywhere(word))}"));
            command.CommandText = string.Join(" union all ", tables.Select(table => $"""
                (select '{table.Id}', s.record, {CellText.Of(schema, table.Primary, "t", Parameter)}, substring(s.text from greatest(1, strpos(lower(s.text), lower({first})) - 40) for 160)
                from {Texts(schema, table, found)} join {ReadableRows.Of(schema, table)} t on t._id = s.record where {found} limit {left + 1})
                """));
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                if (left-- == 0)
                    return true;
                json.WriteStartObject();
                json.WriteString("tableId", row.GetString(0));
                json.WriteString("recordId", row.GetString(1));
                json.WriteString("name", row.IsDBNull(2) ? "" : row.GetString(2));
                json.WriteString("excerpt", row.GetString(3));
                json.WriteEndObject();
            }
        }
        return false;
    }
}
