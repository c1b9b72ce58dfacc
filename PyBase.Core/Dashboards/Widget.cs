using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;

namespace PyBase.Core.Dashboards;

/// <summary>One piece of a dashboard: where it stands, and what it asks, by ids.</summary>
/// <param name="Id"><c>wdg…</c>, given by the page or made here.</param>
/// <param name="Json">All of it, as it is kept.</param>
public sealed record Widget(string Id, JsonElement Json)
{
    /// <summary>Columns of the page.</summary>
    public const int Columns = 12;

    const int MaxHeight = 24, MaxRow = 1_000, MaxTitle = 200, MaxOptions = 4 << 10;

    /// <summary>What kind of thing it shows.</summary>
    public string Type => Json.GetText("type") ?? "";

    /// <summary>What it is called, which everybody sees.</summary>
    public string? Title => Json.GetText("title");

    /// <summary>
    /// A widget as a page sends it. One whose fields have gone since may be moved and named with the others: what it asks is left as it was in <paramref name="now"/>.
    /// </summary>
    public static Result<Widget> Read(JsonElement asked, BaseSchema schema, Widget? now)
    {
        var planned = WidgetQuestion.Plan(asked, schema);
        if (!planned.TryGet(out var question, out var error) && (now is null || !AsksSame(asked, now.Json)))
            return error;
        if (asked.GetText("title") is { Length: > MaxTitle })
            return DashboardErrors.InvalidWidget($"a title has at most {MaxTitle} characters");
        if (asked.TryGet("options", out var options) && options.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null) || (options.ValueKind is JsonValueKind.Object && options.GetRawText().Length > MaxOptions))
            return DashboardErrors.InvalidWidget($"options is an object of at most {MaxOptions >> 10} KB");
        if (!Place(asked).TryGet(out var place, out error))
            return error;
        var id = Ids.Id.Is(asked.GetText("id"), "wdg") ? asked.GetText("id")! : Ids.Id.New("wdg");
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            if (asked.GetText("title") is { Length: > 0 } title)
                json.WriteString("title", title);
            json.WriteStartObject("place");
            foreach (var (name, value) in place)
                json.WriteNumber(name, value);
            json.WriteEndObject();
            if (question is not null)
                question.Write(json);
            else
                foreach (var kept in now!.Json.EnumerateObject().Where(p => !IsLook(p.Name)))
                    kept.WriteTo(json);
            if (options.ValueKind is JsonValueKind.Object)
            {
                json.WritePropertyName("options");
                options.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return new Widget(id, JsonElement.Parse(buffer.ToArray()));
    }

    /// <summary>
    /// The widget as somebody may know it: of one that asks for what is not there for them only that it is there, and <c>isBroken</c>. Who shapes the base sees what it asks.
    /// </summary>
    public void Write(Utf8JsonWriter json, BaseSchema seen, bool isWhole)
    {
        var isBroken = !WidgetQuestion.Plan(Json, seen).IsOk;
        json.WriteStartObject();
        foreach (var property in Json.EnumerateObject().Where(p => !isBroken || isWhole || p.Name is "id" or "type" or "title" or "place"))
            property.WriteTo(json);
        if (isBroken)
            json.WriteBoolean("isBroken", true);
        json.WriteEndObject();
    }

    static bool IsLook(string property) => property is "id" or "title" or "place" or "options" or "isBroken";

    static bool AsksSame(JsonElement asked, JsonElement now) => asked.ValueKind is JsonValueKind.Object
        && asked.EnumerateObject().Where(p => !IsLook(p.Name)).All(p => now.TryGet(p.Name, out var was) && JsonElement.DeepEquals(p.Value, was));

    static Result<(string Name, int Value)[]> Place(JsonElement asked)
    {
        asked.TryGet("place", out var place);
        int number(string name, int otherwise) => place.TryGetInt(name, out var value) ? value : otherwise;
        var (x, y, width, height) = (number("x", 0), number("y", 0), number("width", 6), number("height", 4));
        return x < 0 || width < 1 || x > Columns - width || y is < 0 or > MaxRow || height is < 1 or > MaxHeight
            ? DashboardErrors.InvalidWidget($"its place is within {Columns} columns, and it is 1 to {MaxHeight} rows high")
            : ((string, int)[])[("x", x), ("y", y), ("width", width), ("height", height)];
    }
}
