using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Core.Shares;

namespace PyBase.Core.Forms;

/// <summary>A form view as whoever fills it in knows it: its questions, whether it is open, and which answers it takes.</summary>
public sealed class Form
{
    static readonly string[] Shown = ["title", "description", "submitText", "coverImageUrl", "showBranding"];

    readonly JsonElement options;

    /// <summary>The form that a view of the table is. Without questions of its own it asks for the view's fields.</summary>
    public Form(Table table, View view)
    {
        (Table, View) = (table, view);
        options = view.Settings.Root.TryGet("options", out var given) ? given : default;
        var required = options.TryGetList("requiredFields", out var ids) ? ids.Select(i => i.GetString()).ToHashSet() : [];
        Questions = options.TryGetList("fields", out var asked)
            ? [.. asked.Select(item => FormField.Read(item, table)).OfType<FormField>()]
            : [.. view.Settings.Fields(table).Where(f => !f.Type.IsComputed).Select(f => new FormField(f, null, null, f.Constraints.Required || required.Contains(f.Id), []))];
    }

    /// <summary>Where the answers go.</summary>
    public Table Table { get; }

    /// <summary>The view.</summary>
    public View View { get; }

    /// <summary>What is asked, in order.</summary>
    public IReadOnlyList<FormField> Questions { get; }

    /// <summary>What is said when it was sent.</summary>
    public string? SuccessMessage => options.GetText("successMessage");

    /// <summary>Where to go then.</summary>
    public string? RedirectUrl => options.GetText("redirectUrl");

    /// <summary>False when it was closed, or its time is over.</summary>
    public bool IsOpen(DateTimeOffset now) =>
        options.GetFlag("closed") is not true && (!options.TryGet("openUntil", out var until) || !until.TryGetDateTimeOffset(out var end) || now < end);

    /// <summary>
    /// The record that the answers make, keyed by field id; faults by field where something is missing or is not asked. What is asked only under a condition that
    /// does not hold is left out.
    /// </summary>
    public Result<JsonElement> Read(JsonElement answers)
    {
        if (answers.ValueKind is not JsonValueKind.Object)
            return FormErrors.Invalid([new("fields", "Answers are an object: {\"fields\":{…}}.")]);
        var faults = new List<FieldFault>();
        var known = Questions.SelectMany(q => (string[])[q.Field.Id, q.Field.Name]).ToHashSet();
        foreach (var answer in answers.EnumerateObject().Where(a => !known.Contains(a.Name)))
            faults.Add(new(answer.Name.Excerpt(), "The form does not ask for this."));
        var record = new Dictionary<string, JsonElement>();
        foreach (var question in Questions)
        {
            if (!question.IsAsked(answers))
                continue;
            var isGiven = (answers.TryGet(question.Field.Id, out var answer) || answers.TryGet(question.Field.Name, out answer)) && !IsBlank(answer);
            if (isGiven)
                record[question.Field.Id] = answer;
            else if (question.IsRequired)
                faults.Add(new(question.Field.Id, "An answer is needed."));
        }
        return faults.Count > 0 ? FormErrors.Invalid(faults) : JsonSerializer.SerializeToElement(record);
    }

    /// <summary><c>{title,…,open,closedText?,questions:[{field,label,help?,required,when?}]}</c>; a form that is closed says nothing of its questions.</summary>
    public void Write(Utf8JsonWriter json, DateTimeOffset now)
    {
        var isOpen = IsOpen(now);
        json.WriteStartObject("form");
        foreach (var name in Shown)
            if (options.TryGet(name, out var value))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        json.WriteBoolean("open", isOpen);
        if (!isOpen && options.GetText("closedText") is { } text)
            json.WriteString("closedText", text);
        json.WriteStartArray("questions");
        foreach (var question in isOpen ? Questions : [])
        {
            json.WriteStartObject();
            json.WritePropertyName("field");
            SharedView.Write(json, question.Field);
            json.WriteString("label", question.Label ?? question.Field.Name);
            if (question.Help is not null)
                json.WriteString("help", question.Help);
            json.WriteBoolean("required", question.IsRequired);
            json.WriteStartArray("when");
            foreach (var condition in question.When)
                condition.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static bool IsBlank(JsonElement answer) => answer.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False
        || answer is { ValueKind: JsonValueKind.String } && string.IsNullOrWhiteSpace(answer.GetString()) || answer is { ValueKind: JsonValueKind.Array } && answer.GetArrayLength() == 0;
}
