using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Reads the options of a field in an engineering notation; what does not fit is an error, and an option that nobody knows too.</summary>
sealed class NotatedOptions(string type, JsonElement options)
{
    readonly HashSet<string> known = [];

    /// <summary>What was wrong first.</summary>
    public Error? Fault { get; private set; }

    public string? Text(string name)
    {
        known.Add(name);
        if (!Given(name, out var value))
            return null;
        return value.ValueKind is JsonValueKind.String ? value.GetString() : Wrong<string>($"{name} is a text");
    }

    /// <summary>A number or a text.</summary>
    public string? Written(string name)
    {
        known.Add(name);
        if (!Given(name, out var value))
            return null;
        return value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : Wrong<string>($"{name} is a text or a number");
    }

    public bool Flag(string name, bool otherwise)
    {
        known.Add(name);
        if (!Given(name, out var value))
            return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Refuse($"{name} is true or false");
        return otherwise;
    }

    public int? Whole(string name, int most)
    {
        known.Add(name);
        if (!Given(name, out _))
            return null;
        if (options.TryGetInt(name, out var number) && number >= 0 && number <= most)
            return number;
        Refuse($"{name} is a whole number from 0 to {most}");
        return null;
    }

    public string OneOf(string name, string otherwise, IReadOnlyCollection<string> words)
    {
        if (Text(name) is not { } word)
            return otherwise;
        if (!words.Contains(word))
            Refuse($"{name} is one of {string.Join(", ", words)}");
        return word;
    }

    /// <summary>Some of these words; all of them when nothing is said.</summary>
    public IReadOnlyList<string> SomeOf(string name, IReadOnlyCollection<string> words)
    {
        known.Add(name);
        if (!Given(name, out var value))
            return [];
        var some = value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.String ? item.GetString()! : "").Distinct().ToArray() : [];
        if (some.Length == 0 || !some.All(words.Contains))
            Refuse($"{name} is a list of some of {string.Join(", ", words)}");
        return some;
    }

    /// <summary>The type, when all was as it should be.</summary>
    public Result<FieldType> Then(Func<FieldType> make)
    {
        if (Fault is null && options.ValueKind is JsonValueKind.Object)
            foreach (var option in options.EnumerateObject())
                if (!known.Contains(option.Name))
                    Refuse($"there is no option {option.Name.Excerpt()}, but {string.Join(", ", known)}");
        return Fault is not null ? Fault : make();
    }

    public void Refuse(string rule) => Fault ??= FieldErrors.InvalidOptions(type, rule);

    T? Wrong<T>(string rule) where T : class
    {
        Refuse(rule);
        return null;
    }

    bool Given(string name, out JsonElement value) => options.TryGet(name, out value) && value.ValueKind is not JsonValueKind.Null;
}
