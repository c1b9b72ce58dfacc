using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Notation.Revisions;

namespace PyBase.Core.Fields;

/// <summary><c>revision</c>: <c>A</c>, <c>AA</c>, <c>07</c>, <c>1.10</c>, in the order in which they are issued.</summary>
public sealed class RevisionField(string scheme) : Notated
{
    static readonly (string Name, RevisionScheme[] Schemes)[] Known =
    [
        ("any", [RevisionScheme.Letters, RevisionScheme.Numbers, RevisionScheme.Versions]),
        ("letters", [RevisionScheme.Letters]), ("asmeLetters", [RevisionScheme.AsmeLetters]), ("numbers", [RevisionScheme.Numbers]), ("versions", [RevisionScheme.Versions]),
    ];

    readonly RevisionScheme[] schemes = Known.First(known => known.Name == scheme).Schemes;

    /// <inheritdoc/>
    public override string Name => "revision";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; } = [Part.Word("scheme"), Part.Number("major"), Part.Number("minor"), Part.Word("next")];

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("scheme", scheme);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        (cell, fault) = (null, null);
        foreach (var tried in schemes)
        {
            if (!tried.TryParse(text, out var revision, out var wrong))
            {
                // What the first scheme expected is what people expect.
                fault ??= wrong.ToString();
                continue;
            }
            fault = null;
            cell = Made(revision, revision.Text, KeyOf(revision), null, json =>
            {
                json.WriteString("scheme", Known.First(known => known.Name != "any" && known.Schemes.Contains(tried)).Name);
                json.WriteNumber("major", revision.Major);
                if (revision.Scheme.Kind is RevisionKind.Versions)
                    json.WriteNumber("minor", revision.Minor);
                if (tried.Next(revision) is { } next)
                    json.WriteString("next", next.Text);
            });
            return true;
        }
        fault ??= "Expected a revision.";
        return false;
    }

    /// <summary>Order and identity of a revision in whatever scheme; empty for none.</summary>
    internal static string KeyOf(string revision) =>
        Known[0].Schemes.Select(tried => tried.TryParse(revision, out var read, out _) ? KeyOf(read) : null).FirstOrDefault(key => key is not null) ?? "";

    static string KeyOf(Revision revision) => $"{(int)revision.Scheme.Kind}-{revision.Major:0000000000}-{revision.Minor:0000000000}";

    /// <summary>The part <c>text</c> is all there is to write.</summary>
    protected override string? Compose(JsonElement value) => Written(value, "revision");

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("revision", json);
        var scheme = options.OneOf("scheme", "any", [.. Known.Select(known => known.Name)]);
        return options.Then(() => new RevisionField(scheme));
    }
}
