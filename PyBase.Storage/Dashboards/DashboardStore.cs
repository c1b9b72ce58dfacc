using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Accounts;
using PyBase.Core.Dashboards;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;

namespace PyBase.Storage.Dashboards;

/// <summary>Dashboards of bases. Whether somebody may shape them is asked in the statement that does.</summary>
public sealed class DashboardStore(NpgsqlDataSource data, TimeProvider clock)
{
    const string Columns = "d.id, d.base, d.name, d.description, d.widgets, d.version, d.created_by, d.created";
    const string Shapers = "catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id";

    /// <summary>The dashboards of a base, the oldest first.</summary>
    public async Task<IReadOnlyList<Dashboard>> ListAsync(string baseId, CancellationToken cancellation)
    {
        await using var command = Command($"select {Columns} from pybase.dashboards d where d.base = $1 order by d.created, d.id limit {Dashboard.MaxDashboards}", baseId);
        return await ReadAsync(command, cancellation);
    }

    /// <summary>One of them.</summary>
    public async Task<Dashboard?> FindAsync(string baseId, string dashboardId, CancellationToken cancellation)
    {
        await using var command = Command($"select {Columns} from pybase.dashboards d where d.base = $1 and d.id = $2", baseId, dashboardId);
        return (await ReadAsync(command, cancellation)) is [var found] ? found : null;
    }

    /// <summary>A new one.</summary>
    public async Task<Result<Dashboard>> AddAsync(string baseId, DashboardChange made, string userId, CancellationToken cancellation)
    {
        await using var command = Command($"""
            insert into pybase.dashboards as d (id, base, name, description, widgets, created_by, created)
            select $1, b.id, $3, $4, $5, $6, $7 from {Shapers} where b.id = $2 and m.user_id = $6 and m.role = any($8)
              and (select count(*) from pybase.dashboards other where other.base = $2) < {Dashboard.MaxDashboards}
            returning {Columns}
            """, Id.New("dsh"), baseId, made.Name, Text(made.Description), Json(made.Widgets ?? []), userId, clock.GetUtcNow(), Permission.EditSchema.Names());
        return (await ReadAsync(command, cancellation)) is [var added] ? added
            : (await ListAsync(baseId, cancellation)).Count >= Dashboard.MaxDashboards ? DashboardErrors.TooMany : SchemaErrors.NotPermitted;
    }

    /// <summary>The same again beside itself, under its name and a word.</summary>
    public async Task<Result<Dashboard>> DuplicateAsync(Dashboard dashboard, string userId, CancellationToken cancellation) =>
        await AddAsync(dashboard.BaseId, new DashboardChange(FreeName.Cut($"{dashboard.Name} copy", TableSpec.MaxName), dashboard.Description, dashboard.Widgets, null), userId, cancellation);

    /// <summary>What is asked, on top of what is there; refused when it was seen in another version than it has.</summary>
    public async Task<Result<Dashboard>> ChangeAsync(string baseId, string dashboardId, DashboardChange asked, string userId, CancellationToken cancellation)
    {
        await using var command = Command($"""
            update pybase.dashboards d set name = coalesce($3, d.name), description = case when $4 = '' then null else coalesce($4, d.description) end, widgets = coalesce($5, d.widgets), version = d.version + 1
            from {Shapers} where d.id = $1 and d.base = $2 and b.id = d.base and m.user_id = $6 and m.role = any($7) and ($8::bigint is null or d.version = $8)
            returning {Columns}
            """, dashboardId, baseId, Text(asked.Name), Text(asked.Description), asked.Widgets is { } widgets ? Json(widgets) : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
            userId, Permission.EditSchema.Names(), new NpgsqlParameter { Value = (object?)asked.Version ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        return (await ReadAsync(command, cancellation)) is [var changed] ? changed
            : await FindAsync(baseId, dashboardId, cancellation) is not { } now ? DashboardErrors.NotFound
            : asked.Version is { } seen && seen != now.Version ? DashboardErrors.Changed : SchemaErrors.NotPermitted;
    }

    /// <summary>Takes it away, and with it where its links lead. False when there is none, or the user may not.</summary>
    public async Task<bool> RemoveAsync(string baseId, string dashboardId, string userId, CancellationToken cancellation)
    {
        await using var command = Command($"delete from pybase.dashboards d using {Shapers} where d.id = $1 and d.base = $2 and b.id = d.base and m.user_id = $3 and m.role = any($4)",
            dashboardId, baseId, userId, Permission.EditSchema.Names());
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = data.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Json(IReadOnlyList<Widget> widgets) => new() { Value = $"[{string.Join(',', widgets.Select(w => w.Json.GetRawText()))}]", NpgsqlDbType = NpgsqlDbType.Jsonb };

    static async Task<IReadOnlyList<Dashboard>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<Dashboard>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            found.Add(new Dashboard(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
                [.. JsonElement.Parse(row.GetString(4)).EnumerateArray().Select(w => new Widget(w.GetText("id") ?? "", w))], row.GetInt64(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7)));
        return found;
    }
}
