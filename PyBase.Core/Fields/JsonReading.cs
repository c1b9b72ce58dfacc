using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PyBase.Core.Fields;

/// <summary>Reading JSON that a stranger wrote: a property of the wrong kind is an absent one, never an exception.</summary>
public static class JsonReading
{
    extension(JsonElement json)
    {
        /// <summary>The property, when this is an object that has it.</summary>
        public bool TryGet(string name, out JsonElement value)
        {
            value = default;
            return json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out value);
        }

        /// <summary>The property when it is a string.</summary>
        public string? GetText(string name) => json.TryGet(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

        /// <summary>The property when it is a boolean.</summary>
        public bool? GetFlag(string name) => json.TryGet(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

        /// <summary>The property when it is a whole number.</summary>
        public bool TryGetInt(string name, out int number)
        {
            number = 0;
            return json.TryGet(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out number);
        }

        /// <summary>The property when it is a list.</summary>
        public bool TryGetList(string name, [NotNullWhen(true)] out IReadOnlyList<JsonElement>? items)
        {
            items = json.TryGet(name, out var value) && value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : null;
            return items is not null;
        }
    }
}
