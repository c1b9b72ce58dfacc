using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Schema;

/// <summary>Bases as a whole: a row of the catalog, a row of <c>pybase.bases</c> and a schema of its own, made in one transaction.</summary>
public sealed class BaseStore(NpgsqlDataSource data, CatalogBases catalog, BaseWriter writer, ChangeSignals signals, TimeProvider clock)
{
    /// <summary>
    /// A new base with its tables; fields of a table may link to tables before it. <paramref name="id"/> is the id it is to have, if somebody cares, and
    /// <paramref name="fill"/> makes what else is in it.
    /// </summary>
    public async Task<Result<BaseSchema>> CreateAsync(string workspaceId, string name, IReadOnlyList<TableSpec> tables, Origin origin, CancellationToken cancellation, string? id = null,
        Func<SchemaEditor, Task<Error?>>? fill = null)
    {
        try
        {
            return await CreateOnceAsync(workspaceId, name, tables, origin, id ?? Id.New("app"), fill, cancellation);
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            // All that it inserts is new, so only an id that somebody asked for can be there already.
            return SchemaErrors.InvalidId;
        }
    }

    async Task<Result<BaseSchema>> CreateOnceAsync(string workspaceId, string name, IReadOnlyList<TableSpec> tables, Origin origin, string id, Func<SchemaEditor, Task<Error?>>? fill, CancellationToken cancellation)
    {
        var epoch = Id.New("epo");
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (origin.Actor is null || !await catalog.AddAsync(connection, transaction, origin.Actor, workspaceId, id, name, cancellation))
            return SchemaErrors.NotPermitted;
        await using (var create = new NpgsqlCommand($"""
            insert into pybase.bases (id, epoch) values ('{id}', '{epoch}');
            insert into pybase.transaction_numbers (base) values ('{id}');
            create schema {Sql.Quote(id)};
            create sequence {Sql.Quote(id)}.link_order;
            """, connection, transaction))
            await create.ExecuteNonQueryAsync(cancellation);

        await using var first = new BaseTransaction(connection, transaction, new BaseSchema(id, epoch, 1, []), origin, clock.GetUtcNow());
        var editor = new SchemaEditor(first);
        foreach (var table in tables)
            if (!(await editor.AddTableAsync(table, cancellation)).TryGet(out _, out var error))
                return error;
        if (fill is not null && await fill(editor) is { } refused)
            return refused;
        await first.EndAsync(commits: true, cancellation);
        signals.Publish(new ChangeSignal(id, first.Number, first.Versions, null, System.Diagnostics.Activity.Current?.Id));
        return first.Schema;
    }

    /// <summary>Runs a change of definitions as one transaction.</summary>
    public Task<Result<T>> EditAsync<T>(string baseId, Origin origin, Func<BaseSchema, Result<bool>> check, Func<SchemaEditor, Task<Result<T>>> edit, CancellationToken cancellation) =>
        writer.WriteAsync(baseId, origin, schema => check(schema).Then<WriteScope>(_ => WriteScope.Schema), transaction => edit(new SchemaEditor(transaction)), cancellation);
}
