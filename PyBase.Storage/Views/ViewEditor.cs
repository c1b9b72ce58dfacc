using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Core.Views;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Views;

/// <summary>Changes views inside a transaction that may change definitions.</summary>
public sealed class ViewEditor(BaseTransaction transaction)
{
    BaseSchema Schema => transaction.Schema;

    /// <summary>A new view behind the others.</summary>
    public async Task<Result<View>> AddAsync(string tableId, string name, string type, JsonElement settings, CancellationToken cancellation)
    {
        if (!ViewTypes.Has(type))
            return ViewErrors.UnknownType(type);
        return ViewSettings.None.With(settings, type, Schema.Find(tableId)!).TryGet(out var read, out var error) ? await AddAsync(tableId, name, type, read, cancellation) : error;
    }

    /// <summary>The same view again, under a name of its own: <c>Grid view copy</c>, unless another is given.</summary>
    public async Task<Result<View>> DuplicateAsync(string tableId, string viewId, string? name, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (table.FindView(viewId) is not { } view)
            return ViewErrors.NotFound;
        for (var n = 1; name is null; n++)
        {
            var suffix = n == 1 ? " copy" : $" copy {n}";
            var free = (view.Name.Length + suffix.Length > TableSpec.MaxName ? view.Name[..(TableSpec.MaxName - suffix.Length)] : view.Name) + suffix;
            name = table.Views.All(v => v.Name != free) ? free : null;
        }
        return await AddAsync(tableId, name, view.Type, view.Settings, cancellation);
    }

    async Task<Result<View>> AddAsync(string tableId, string name, string type, ViewSettings settings, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (Taken(table, name, null) is { } taken)
            return taken;
        if (table.Views.Count >= ViewErrors.MaxViews)
            return ViewErrors.TooMany;
        var view = new View(Id.New("viw"), name, type) { Settings = settings };
        transaction.Do("""
            insert into pybase.views (id, base, table_id, name, type, settings, position)
            select $1, $2, $3, $4, $5, $6, coalesce(max(position), 0) + 1 from pybase.views where table_id = $3
            """, view.Id, Schema.Id, tableId, name, type, Json(settings));
        return await ReplaceAsync(table, [.. table.Views, view], view, ChangeKinds.ViewAdded, cancellation);
    }

    /// <summary>Another name (null leaves it) and other settings: each property replaces the one of the same name.</summary>
    public async Task<Result<View>> ChangeAsync(string tableId, string viewId, string? name, JsonElement settings, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (table.FindView(viewId) is not { } view)
            return ViewErrors.NotFound;
        if (name is not null && Taken(table, name, view) is { } taken)
            return taken;
        if (!view.Settings.With(settings, view.Type, table).TryGet(out var read, out var error))
            return error;
        var changed = view with { Name = name ?? view.Name, Settings = read };
        if (changed == view)
            return view;
        transaction.Do("update pybase.views set name = $2, settings = $3 where id = $1", view.Id, changed.Name, Json(read));
        return await ReplaceAsync(table, [.. table.Views.Select(v => v.Id == view.Id ? changed : v)], changed, ChangeKinds.ViewChanged, cancellation);
    }

    /// <summary>Puts a view before another, or behind all.</summary>
    public async Task<Result<View>> MoveAsync(string tableId, string viewId, string? beforeId, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        var before = beforeId is null ? null : table.FindView(beforeId);
        if (table.FindView(viewId) is not { } view || (beforeId is not null && before is null))
            return ViewErrors.NotFound;
        var order = table.Views.Where(v => v.Id != view.Id).ToList();
        order.Insert(before is null || before.Id == view.Id ? (before is null ? order.Count : table.Views.ToList().IndexOf(view)) : order.IndexOf(before), view);
        transaction.Do("update pybase.views v set position = o.place from unnest($1) with ordinality as o(id, place) where v.id = o.id", [order.Select(v => v.Id).ToArray()]);
        return await ReplaceAsync(table, order, view, ChangeKinds.ViewChanged, cancellation);
    }

    /// <summary>Takes a view away; the last one stays.</summary>
    public async Task<Result<View>> RemoveAsync(string tableId, string viewId, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (table.FindView(viewId) is not { } view)
            return ViewErrors.NotFound;
        if (table.Views.Count == 1)
            return ViewErrors.LastView;
        transaction.Do("delete from pybase.views where id = $1", view.Id);
        return await ReplaceAsync(table, [.. table.Views.Where(v => v.Id != view.Id)], view, ChangeKinds.ViewRemoved, cancellation);
    }

    /// <summary>A view as it was once: with its id, name, settings and place. One that is gone comes again.</summary>
    internal async Task<Result<View>> PutAsync(string tableId, string viewId, JsonElement was, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        var now = table.FindView(viewId);
        var view = new View(viewId, was.GetText("name") ?? "", was.GetText("type") ?? "grid") { Settings = was.TryGet("settings", out var settings) && settings.ValueKind is JsonValueKind.Object ? new ViewSettings(settings.GetRawText()) : ViewSettings.None };
        if (Taken(table, view.Name, view) is { } taken)
            return taken;
        if (now is null && table.Views.Count >= ViewErrors.MaxViews)
            return ViewErrors.TooMany;
        var order = table.Views.Where(v => v.Id != viewId).ToList();
        order.Insert(was.TryGetInt("place", out var place) ? Math.Clamp(place, 0, order.Count) : order.Count, view);
        await transaction.ExecuteAsync("""
            insert into pybase.views (id, base, table_id, name, type, settings, position) values ($1, $2, $3, $4, $5, $6, 0)
            on conflict (id) do update set name = excluded.name, settings = excluded.settings
            """, cancellation, view.Id, Schema.Id, tableId, view.Name, view.Type, Json(view.Settings));
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
        }));
        return view;
    }

    static Error? Taken(Table table, string name, View? own) =>
        name.Length is 0 or > TableSpec.MaxName ? ViewErrors.NameTaken("") : table.Views.Any(v => v.Name == name && v.Id != own?.Id) ? ViewErrors.NameTaken(name) : null;

    static NpgsqlParameter Json(ViewSettings settings) => new() { Value = (object?)settings.Json ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };
}
