using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Core.Snapshots;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Constraints;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

namespace PyBase.Storage.Snapshots;

/// <summary>A restored base.</summary>
public sealed record RestoredBase(string Id, string Name, long Records);

/// <summary>
/// Makes a base from a snapshot: the same base with the same ids, or a new one whose ids follow from the old ones. All of it happens in one transaction, after the whole file
/// was found good; the base gets a new epoch, so whoever shows it loads it anew.
/// </summary>
public sealed partial class SnapshotRestorer(NpgsqlDataSource data, FileStore files, CatalogBases catalog, ChangeSignals signals, TimeProvider clock)
{
    /// <summary>Puts the base back to what it was. What happened since is gone with its log; comments, views and dashboards are those of then, webhooks and the trash of files stay.</summary>
    public async Task<Result<RestoredBase>> RestoreAsync(string baseId, byte[] snapshot, Origin origin, CancellationToken cancellation)
    {
        var lines = new SnapshotLines(files, snapshot);
        if (!(await lines.CheckAsync(cancellation)).TryGet(out var head, out var error))
            return error;
        return head.BaseId != baseId ? SnapshotErrors.OtherBase(head.BaseId) : await RunAsync(lines, head, baseId, null, null, true, origin with { Command = "RestoreSnapshot" }, cancellation);
    }

    /// <summary>A new base of the same content in a workspace, with or without records.</summary>
    public async Task<Result<RestoredBase>> CreateAsync(string workspaceId, string? name, byte[] snapshot, bool withRecords, Origin origin, CancellationToken cancellation)
    {
        var lines = new SnapshotLines(files, snapshot);
        if (!(await lines.CheckAsync(cancellation)).TryGet(out var head, out var error))
            return error;
        return await RunAsync(lines, head, Id.New("app"), workspaceId, name ?? head.Name, withRecords, origin with { Command = "CreateBase" }, cancellation);
    }

    async Task<Result<RestoredBase>> RunAsync(SnapshotLines lines, SnapshotHead head, string baseId, string? workspaceId, string? name, bool withRecords, Origin origin, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var epoch = Id.New("epo");
        try
        {
            if (workspaceId is null)
            {
                await ExecuteAsync(connection, "set local lock_timeout = '10s'", cancellation);
                await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, baseId);
                if (await ExecuteAsync(connection, "update pybase.bases set epoch = $2, schema_version = schema_version + 1 where id = $1 and state = 'open'", cancellation, baseId, epoch) == 0)
                    return SchemaErrors.ModelNotFound;
                await ExecuteAsync(connection, $"drop schema {Sql.Quote(baseId)} cascade", cancellation);
                foreach (var rows in (string[])["changes", "table_versions", "tables", "dashboards"])
                    await ExecuteAsync(connection, $"delete from pybase.{rows} where base = $1", cancellation, baseId);
            }
            else
            {
                if (origin.Actor is null || !await catalog.AddAsync(connection, transaction, origin.Actor, workspaceId, baseId, name!, cancellation))
                    return SchemaErrors.NotPermitted;
                await ExecuteAsync(connection, "insert into pybase.bases (id, epoch) values ($1, $2)", cancellation, baseId, epoch);
                await ExecuteAsync(connection, "insert into pybase.transaction_numbers (base) values ($1)", cancellation, baseId);
            }
            await ExecuteAsync(connection, $"create schema {Sql.Quote(baseId)}; create sequence {Sql.Quote(baseId)}.link_order;", cancellation);
            await using var write = new BaseTransaction(connection, transaction, new BaseSchema(baseId, epoch, 1, []), origin, clock.GetUtcNow());
            var refused = await new Build(write, workspaceId is not null, withRecords).RunAsync(lines, cancellation);
            if (refused is not null)
                return refused;
            write.MarkSchemaChanged();
            await write.EndAsync(commits: true, cancellation);
            signals.Publish(new ChangeSignal(baseId, write.Number, write.Versions, null, System.Diagnostics.Activity.Current?.Id));
            if (write.LeavesWork)
                signals.PublishWork();
            return new RestoredBase(baseId, name ?? head.Name, withRecords ? head.Records : 0);
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            return SchemaErrors.BaseBusy;
        }
        catch (PostgresException other) when (other.SqlState.StartsWith("22", StringComparison.Ordinal) || other.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            return SnapshotErrors.DoesNotFit(other.MessageText);
        }
    }

    static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    [GeneratedRegex("(?<![A-Za-z0-9])(?:tbl|fld|viw|unq|con|dsh)[A-Za-z0-9]{14}(?![A-Za-z0-9])")]
    private static partial Regex DefinitionId();

    /// <summary>One restore, line by line.</summary>
    sealed class Build(BaseTransaction write, bool isNew, bool withRecords)
    {
        static readonly string[] Ends = ["from", "to"];

        readonly HashSet<string> known = [];
        bool isMade;

        string BaseId => write.Schema.Id;

        public async Task<Error?> RunAsync(SnapshotLines lines, CancellationToken cancellation)
        {
            // Definitions stand before all else, but may name each other: first which there are.
            await foreach (var line in lines.ReadAsync(cancellation))
                foreach (var kind in (string[])["table", "field", "view", "unique", "dashboard"])
                    if (line.TryGet(kind, out var definition))
                        known.Add(definition.GetText("id")!);
            await foreach (var line in lines.ReadAsync(cancellation))
                await PutAsync(line, cancellation);
            await MakeAsync(cancellation);
            return await FinishAsync(cancellation);
        }

        async Task PutAsync(JsonElement line, CancellationToken cancellation)
        {
            if (line.TryGet("table", out var table))
            {
                await RunAsync("insert into pybase.tables (id, base, name, description, primary_field, position, release, rules) select $2 ->> 'id', $1, $2 ->> 'name', $2 ->> 'description', $2 ->> 'primaryField', ($2 ->> 'position')::float8, nullif($2 -> 'release', 'null'), nullif($2 -> 'rules', 'null')", Mapped(table), cancellation);
                await RunAsync("insert into pybase.table_versions (table_id, base) select $2 ->> 'id', $1", Mapped(table), cancellation);
            }
            else if (line.TryGet("field", out var field))
                await RunAsync("insert into pybase.fields (id, base, table_id, name, description, type, options, constraints, position) select $2 ->> 'id', $1, $2 ->> 'table', $2 ->> 'name', $2 ->> 'description', $2 ->> 'type', nullif($2 -> 'options', 'null'), nullif($2 -> 'constraints', 'null'), ($2 ->> 'position')::float8", Mapped(field), cancellation);
            else if (line.TryGet("view", out var view))
                await RunAsync("insert into pybase.views (id, base, table_id, name, type, settings, position, owner, locked) select $2 ->> 'id', $1, $2 ->> 'table', $2 ->> 'name', $2 ->> 'type', nullif($2 -> 'settings', 'null'), ($2 ->> 'position')::float8, $2 ->> 'owner', coalesce(($2 ->> 'locked')::boolean, false)", Mapped(view), cancellation);
            else if (line.TryGet("unique", out var unique))
                await RunAsync("insert into pybase.unique_constraints (id, base, table_id, fields, ignores_case) select $2 ->> 'id', $1, $2 ->> 'table', array(select jsonb_array_elements_text($2 -> 'fields')), ($2 ->> 'ignoresCase')::boolean", Mapped(unique), cancellation);
            else if (line.TryGet("dashboard", out var dashboard))
                await RunAsync("insert into pybase.dashboards (id, base, name, description, widgets, created_by, created) select $2 ->> 'id', $1, $2 ->> 'name', $2 ->> 'description', $2 -> 'widgets', $2 ->> 'createdBy', ($2 ->> 'created')::timestamptz", Mapped(dashboard), cancellation);
            else if (line.TryGet("attachment", out var attachment))
                await AttachAsync(attachment, cancellation);
            else if (line.TryGet("comment", out var comment) && withRecords)
                await RunAsync($$"""
                    insert into pybase.comments (id, base, table_id, record_id, parent, author, text, mentioned, created, updated)
                    select {{New("$2 ->> 'id'")}}, $1, $2 ->> 'table', {{New("$2 ->> 'record'")}}, {{New("$2 ->> 'parent'")}}, $2 ->> 'author', $2 ->> 'text', array(select jsonb_array_elements_text($2 -> 'mentioned')), ($2 ->> 'created')::timestamptz, ($2 ->> 'updated')::timestamptz
                    """, Mapped(comment), cancellation);
            else if (line.TryGet("rows", out var rows) && withRecords)
                await RowsAsync(Map(rows.GetString()!), line.GetProperty("values"), cancellation);
            else if (line.TryGet("links", out var links) && withRecords)
            {
                await MakeAsync(cancellation);
                await RunAsync($$"""
                    insert into {{Sql.LinkTable(BaseId, Map(links.GetString()!))}} (from_id, to_id, from_order, to_order)
                    select {{New("l ->> 0")}}, {{New("l ->> 1")}}, (l ->> 2)::float8, (l ->> 3)::float8 from jsonb_array_elements($2) l where $1 <> ''
                    """, line.GetProperty("values").GetRawText(), cancellation);
            }
        }

        /// <summary>Files are named by their content, which stays; what a cell shows of one has an id of its own.</summary>
        async Task AttachAsync(JsonElement attachment, CancellationToken cancellation)
        {
            var text = attachment.GetRawText();
            if (attachment.GetText("sha256") is not null)
                await RunAsync($$"""
                    insert into pybase.files (id, base, name, media_type, size, sha256, created) select {{New("$2 ->> 'file'")}}, $1, $2 ->> 'fileName', $2 ->> 'mediaType', ($2 ->> 'size')::bigint, decode($2 ->> 'sha256', 'hex'), now()
                    on conflict (id) do nothing
                    """, text, cancellation);
            await RunAsync($$"""
                insert into pybase.attachments (id, base, file, name) select {{New("$2 ->> 'id'")}}, $1, {{New("$2 ->> 'file'")}}, $2 ->> 'name' on conflict (id) do nothing
                """, text, cancellation);
        }

        /// <summary>Tables for the definitions, once these are all there.</summary>
        async Task MakeAsync(CancellationToken cancellation)
        {
            if (isMade)
                return;
            isMade = true;
            write.Schema = await SchemaStore.LoadAsync(await write.ConnectionAsync(cancellation), BaseId, write.Schema.Epoch, 1, cancellation);
            var editor = new SchemaEditor(write);
            foreach (var table in write.Schema.Tables)
            {
                var columns = string.Concat(table.Fields.Where(f => f.Type.SystemColumn is null).Select(f => $", {Sql.Quote(f.Id)} {Sql.Type(f.Type.Column)}{Sql.Default(f.Type)}"));
                await write.ExecuteAsync($"create table {Sql.Table(BaseId, table.Id)} ({Sql.SystemColumns}{columns}) with ({Sql.StorageOptions})", cancellation);
                SearchWriter.Create(write, table.Id);
                foreach (var field in table.Fields)
                    if (field.Type is MultipleRecordLinks { IsInverse: false } link)
                        editor.AddLinkTable(link.LinkTable);
                    else if (field.Type is Computed)
                        editor.SetClock(table.Id, field);
                write.TellBase(ChangeKinds.TableAdded, table.Id);
            }
        }

        async Task RowsAsync(string tableId, JsonElement values, CancellationToken cancellation)
        {
            await MakeAsync(cancellation);
            var table = write.Schema.Find(tableId)!;
            // A copy computes for itself, and its links are copied from their own table: only what people wrote is taken over.
            Field[] fields = [.. table.Fields.Where(f => f.Type.SystemColumn is null && (!isNew || (!f.Type.IsComputed && f.Type is not MultipleRecordLinks)))];
            var names = string.Concat(fields.Select(f => $", {Sql.Quote(f.Id)}"));
            var cells = string.Concat(fields.Select(f => f.Type is MultipleAttachments && isNew
                ? $", (select jsonb_agg(a || jsonb_build_object('id', {New("a ->> 'id'")}) order by n) from jsonb_array_elements({Sql.Quote(f.Id)}) with ordinality as x(a, n))" : $", {Sql.Quote(f.Id)}"));
            var types = string.Concat(fields.Select(f => $", {Sql.Quote(f.Id)} {Sql.Type(f.Type.Column)}"));
            await RunAsync($"""
                insert into {Sql.Table(BaseId, tableId)} (_id, _number, _created, _created_by, _modified, _modified_by, _times, errors{names})
                select {New("_id")}, _number, _created, _created_by, _modified, _modified_by, _times, {(isNew ? "null" : "errors")}{cells} from jsonb_to_recordset($2)
                as r(_id text, _number bigint, _created timestamptz, _created_by text, _modified timestamptz, _modified_by text, _times jsonb, errors jsonb{types}) where $1 <> '' order by _number
                """, Mapped(values), cancellation);
        }

        async Task<Error?> FinishAsync(CancellationToken cancellation)
        {
            await write.ExecuteAsync($"select setval('{Sql.Quote(BaseId)}.link_order', (select coalesce(max(o), 0) + 1 from ({string.Join(" union all ", write.Schema.Tables.SelectMany(t => t.Fields).Where(f => f.Type is MultipleRecordLinks { IsInverse: false })
                .SelectMany(f => Ends.Select(end => $"select max({end}_order)::bigint as o from {Sql.LinkTable(BaseId, f.Id)}")).Append("select 0::bigint as o"))}) orders), false)", cancellation);
            foreach (var table in write.Schema.Tables)
            {
                var name = Sql.Table(BaseId, table.Id);
                await write.ExecuteAsync($"select setval(pg_get_serial_sequence($1, '_number'), (select coalesce(max(_number), 0) + 1 from {name}), false)", cancellation, name);
                foreach (var (field, link) in table.Fields.Select(f => (f, f.Type as MultipleRecordLinks)).Where(f => f.Item2 is not null))
                {
                    var (near, far) = Sql.Ends(link!);
                    await write.ExecuteAsync($"""
                        update {name} t set {Sql.Quote(field.Id)} = l.ids from (select {near}_id as id, array_agg({far}_id order by {near}_order, {far}_id) as ids from {Sql.LinkTable(BaseId, link!)} group by 1) l
                        where t._id = l.id and t.{Sql.Quote(field.Id)} is distinct from l.ids
                        """, cancellation);
                }
                foreach (var field in table.Fields.Where(f => f.Constraints.Unique is not Uniqueness.None))
                    await write.ExecuteAsync(ConstraintEditor.Index(field, field.Constraints.Unique).Create(BaseId, table.Id), cancellation);
                foreach (var unique in table.Unique)
                    await write.ExecuteAsync(ConstraintEditor.Index(table, unique).Create(BaseId, table.Id), cancellation);
            }
            foreach (var table in write.Schema.Tables)
            {
                if (isNew && await new ComputeWriter(write).RecomputeAllAsync(table, [.. ComputeWriter.OwnFields(table)], cancellation) is { } untrue)
                    return untrue;
                SearchWriter.Rebuild(write, table);
            }
            return null;
        }

        async Task RunAsync(string sql, string json, CancellationToken cancellation) =>
            await ExecuteAsync(await write.ConnectionAsync(cancellation), sql, cancellation, BaseId, new NpgsqlParameter { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb });

        /// <summary>SQL for the id that a thing of the snapshot has in this base: the same, or one that follows from it.</summary>
        string New(string id) => isNew
            ? $"(left({id}, 3) || left(translate(encode(sha256(convert_to('{BaseId} ' || ({id}), 'UTF8')), 'base64'), '+/=' || chr(10), 'pb'), 14))" : id;

        string Map(string id) => isNew && known.Contains(id) ? Id.From(id[..3], $"{BaseId} {id}") : id;

        /// <summary>The same JSON with the ids of definitions as they are in this base; what only looks like one stays.</summary>
        string Mapped(JsonElement json) => isNew ? DefinitionId().Replace(json.GetRawText(), id => Map(id.Value)) : json.GetRawText();
    }
}
