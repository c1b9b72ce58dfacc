using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Core.Views;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Views;

/// <summary>
/// Changes views inside a transaction that may change definitions. The views that everybody sees are changed by those who shape the base, a personal one by its owner
/// alone; for others it is not there.
/// </summary>
public sealed class ViewEditor(BaseTransaction transaction)
{
    BaseSchema Schema => transaction.Schema;

    /// <summary>A job and the system may what whoever asked for their work may.</summary>
    bool ShapesBase => transaction.Role is not { } role || role.May(Permission.EditSchema);

    /// <summary>A new view behind the others.</summary>
    public async Task<Result<View>> AddAsync(string tableId, string type, ViewChange asked, CancellationToken cancellation)
    {
        if (!ShapesBase && asked.IsPersonal is not true)
            return SchemaErrors.NotPermitted;
        if (!ViewTypes.Has(type))
            return ViewErrors.UnknownType(type);
        if (!ViewSettings.None.With(asked.Settings, type, Schema.Find(tableId)!).TryGet(out var settings, out var error))
            return error;
        return await AddAsync(tableId, new View(Id.New("viw"), asked.Name ?? "", type)
        {
            Settings = settings, OwnerId = asked.IsPersonal is true ? transaction.Actor : null, IsLocked = asked.IsLocked is true,
        }, cancellation);
    }

    /// <summary>The same view again, under a name of its own: <c>Grid view copy</c>, unless another is given; unlocked, and of one's own when the first is.</summary>
    public async Task<Result<View>> DuplicateAsync(string tableId, string viewId, string? name, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (!Find(table, viewId).TryGet(out var view, out var error))
            return error;
        for (var n = 1; name is null; n++)
        {
            var suffix = n == 1 ? " copy" : $" copy {n}";
            var free = (view.Name.Length + suffix.Length > TableSpec.MaxName ? view.Name[..(TableSpec.MaxName - suffix.Length)] : view.Name) + suffix;
            name = table.Views.All(v => v.Name != free) ? free : null;
        }
        return await AddAsync(tableId, view with { Id = Id.New("viw"), Name = name, IsLocked = false }, cancellation);
    }

    async Task<Result<View>> AddAsync(string tableId, View view, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (Taken(table, view.Name, null) is { } taken)
            return taken;
        if (table.Views.Count >= ViewErrors.MaxViews)
            return ViewErrors.TooMany;
        transaction.Do("""
            insert into pybase.views (id, base, table_id, name, type, settings, owner, locked, position)
            select $1, $2, $3, $4, $5, $6, $7, $8, coalesce(max(position), 0) + 1 from pybase.views where table_id = $3
            """, view.Id, Schema.Id, tableId, view.Name, view.Type, Json(view.Settings), Owner(view), view.IsLocked);
        return await ReplaceAsync(table, [.. table.Views, view], view, ChangeKinds.ViewAdded, cancellation);
    }

    /// <summary>What is asked, on top of what is there; of a locked view only that it be unlocked, with what comes along.</summary>
    public async Task<Result<View>> ChangeAsync(string tableId, string viewId, ViewChange asked, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (!Find(table, viewId).TryGet(out var view, out var error))
            return error;
        if (view.IsLocked && asked.IsLocked is not false)
            return ViewErrors.Locked;
        if (asked.Name is not null && Taken(table, asked.Name, view) is { } taken)
            return taken;
        if (!view.Settings.With(asked.Settings, view.Type, table).TryGet(out var read, out error))
            return error;
        if (asked.IsPersonal is false && !ShapesBase)
            return SchemaErrors.NotPermitted;
        var owner = asked.IsPersonal switch { true => view.OwnerId ?? transaction.Actor, false => null, null => view.OwnerId };
        if (owner is not null && IsLast(table, view))
            return ViewErrors.LastView;
        var changed = view with { Name = asked.Name ?? view.Name, Settings = read, OwnerId = owner, IsLocked = asked.IsLocked ?? view.IsLocked };
        if (changed == view)
            return view;
        transaction.Do("update pybase.views set name = $2, settings = $3, owner = $4, locked = $5 where id = $1", view.Id, changed.Name, Json(read), Owner(changed), changed.IsLocked);
        return await ReplaceAsync(table, [.. table.Views.Select(v => v.Id == view.Id ? changed : v)], changed, ChangeKinds.ViewChanged, cancellation);
    }

    /// <summary>Puts a view before another, or behind all.</summary>
    public async Task<Result<View>> MoveAsync(string tableId, string viewId, string? beforeId, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        var before = beforeId is null ? null : table.SeenBy(transaction.Actor).FindView(beforeId);
        if (!Find(table, viewId).TryGet(out var view, out var error))
            return error;
        if (beforeId is not null && before is null)
            return ViewErrors.NotFound;
        var order = table.Views.Where(v => v.Id != view.Id).ToList();
        order.Insert(before is null || before.Id == view.Id ? (before is null ? order.Count : table.Views.ToList().IndexOf(view)) : order.IndexOf(before), view);
        transaction.Do("update pybase.views v set position = o.place from unnest($1) with ordinality as o(id, place) where v.id = o.id", [order.Select(v => v.Id).ToArray()]);
        return await ReplaceAsync(table, order, view, ChangeKinds.ViewChanged, cancellation);
    }

    /// <summary>Takes a view away; the last one that everybody sees stays.</summary>
    public async Task<Result<View>> RemoveAsync(string tableId, string viewId, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (!Find(table, viewId).TryGet(out var view, out var error))
            return error;
        if (view.IsLocked)
            return ViewErrors.Locked;
        if (IsLast(table, view))
            return ViewErrors.LastView;
        transaction.Do("delete from pybase.views where id = $1", view.Id);
        return await ReplaceAsync(table, [.. table.Views.Where(v => v.Id != view.Id)], view, ChangeKinds.ViewRemoved, cancellation);
    }

    /// <summary>A view as it was once: with its id, name, settings and place. One that is gone comes again.</summary>
    internal async Task<Result<View>> PutAsync(string tableId, string viewId, JsonElement was, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        var now = table.FindView(viewId);
        var view = new View(viewId, was.GetText("name") ?? "", was.GetText("type") ?? "grid")
        {
            Settings = was.TryGet("settings", out var settings) && settings.ValueKind is JsonValueKind.Object ? new ViewSettings(settings.GetRawText()) : ViewSettings.None,
            OwnerId = was.GetText("owner"), IsLocked = was.GetFlag("locked") is true,
        };
        if (Taken(table, view.Name, view) is { } taken)
            return taken;
        if (now is null && table.Views.Count >= ViewErrors.MaxViews)
            return ViewErrors.TooMany;
        var order = table.Views.Where(v => v.Id != viewId).ToList();
        order.Insert(was.TryGetInt("place", out var place) ? Math.Clamp(place, 0, order.Count) : order.Count, view);
        await transaction.ExecuteAsync("""
            insert into pybase.views (id, base, table_id, name, type, settings, owner, locked, position) values ($1, $2, $3, $4, $5, $6, $7, $8, 0)
            on conflict (id) do update set name = excluded.name, settings = excluded.settings, owner = excluded.owner, locked = excluded.locked
            """, cancellation, view.Id, Schema.Id, tableId, view.Name, view.Type, Json(view.Settings), Owner(view), view.IsLocked);
        await transaction.ExecuteAsync("update pybase.views v set position = o.place from unnest($1) with ordinality as o(id, place) where v.id = o.id", cancellation, [order.Select(v => v.Id).ToArray()]);
        return await ReplaceAsync(table, order, view, now is null ? ChangeKinds.ViewAdded : ChangeKinds.ViewChanged, cancellation);
    }

    async Task<View> ReplaceAsync(Table table, IReadOnlyList<View> views, View view, string kind, CancellationToken cancellation)
    {
        transaction.Schema = Schema with { Tables = [.. Schema.Tables.Select(t => t.Id == table.Id ? table with { Views = views } : t)] };
        transaction.MarkSchemaChanged();
        // Who looks at the table and who looks at the base's list of tables both show views.
        transaction.TellBase(kind, view.Id);
        var was = table.Views.FirstOrDefault(v => v.Id == view.Id);
        transaction.TellTable(table.Id, kind, view.Id, was is null ? null : JsonSerializer.Serialize(new
        {
            name = was.Name, type = was.Type, place = table.Views.ToList().IndexOf(was), settings = was.Settings.Json is { } json ? JsonSerializer.Deserialize<JsonElement>(json) : (JsonElement?)null,
            owner = was.OwnerId, locked = was.IsLocked,
        }));
        return view;
    }

    /// <summary>The view, for who may change it.</summary>
    Result<View> Find(Table table, string viewId)
    {
        var view = table.SeenBy(transaction.Actor).FindView(viewId);
        return view is { OwnerId: not null } ? view : !ShapesBase ? SchemaErrors.NotPermitted : view is null ? ViewErrors.NotFound : view;
    }

    static bool IsLast(Table table, View view) => table.Views.All(v => v.OwnerId is not null || v.Id == view.Id);

    static Error? Taken(Table table, string name, View? own) =>
        name.Length is 0 or > TableSpec.MaxName ? ViewErrors.NameTaken("") : table.Views.Any(v => v.Name == name && v.Id != own?.Id) ? ViewErrors.NameTaken(name) : null;

    static NpgsqlParameter Owner(View view) => new() { Value = (object?)view.OwnerId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Json(ViewSettings settings) => new() { Value = (object?)settings.Json ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };
}
