using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Permissions;

/// <summary>The rules of a table, as its admins set them.</summary>
public sealed class RuleStore(NpgsqlDataSource data, BaseStore bases)
{
    /// <summary>Sets the rules, or takes all away; the table with them.</summary>
    public Task<Result<Table>> SetAsync(string baseId, string table, JsonElement? body, Reader writer, Origin origin, CancellationToken cancellation) =>
        bases.EditAsync<Table>(baseId, origin, schema => schema.Get(table).Then(found => Read(body, schema, found, writer)).Then<bool>(_ => true), editor =>
        {
            var found = editor.Schema.Find(table)!;
            var rules = Read(body, editor.Schema, found, writer).Value;
            editor.SetRules(found, rules is { Fields.Count: 0, Rows.Count: 0 } ? null : rules);
            return Task.FromResult<Result<Table>>(editor.Schema.Find(found.Id)!);
        }, cancellation);

    static Result<TableRules> Read(JsonElement? body, BaseSchema schema, Table table, Reader writer) => body is { } json ? TableRules.Read(json, schema, table, writer) : new TableRules([], []);

    /// <summary>When rules of the base were last set; null when they never were.</summary>
    public async Task<DateTimeOffset?> LastSetAsync(string baseId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select max(rules_set) from pybase.tables where base = $1");
        command.Parameters.Add(new() { Value = baseId });
        return await command.ExecuteScalarAsync(cancellation) is DateTime set ? new DateTimeOffset(set, TimeSpan.Zero) : null;
    }
}
