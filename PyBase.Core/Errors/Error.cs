namespace PyBase.Core.Errors;

/// <summary>What kind of refusal an <see cref="Error"/> is; the API maps each to one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request cannot be understood (400).</summary>
    Malformed,
    /// <summary>Nobody is signed in, or the credentials are wrong (401).</summary>
    Unauthenticated,
    /// <summary>The role does not allow it (403).</summary>
    Forbidden,
    /// <summary>No such thing, or none that the caller may see (404).</summary>
    NotFound,
    /// <summary>It contradicts what is there (409).</summary>
    Conflict,
    /// <summary>Larger than this installation accepts (413).</summary>
    TooLarge,
    /// <summary>A file or content type that is not read here (415).</summary>
    Unsupported,
    /// <summary>Understood, but not acceptable (422).</summary>
    Invalid,
    /// <summary>Too often (429).</summary>
    TooMany,
    /// <summary>Try again shortly (503).</summary>
    Unavailable,
}

/// <summary>
/// An expected failure: a stable code that programs may rely on, a plain statement, and a hint what to do.
/// Bugs are exceptions; these are values. Each feature lists its own in its <c>Errors.cs</c>.
/// </summary>
/// <param name="Code">kebab-case, never changes meaning; listed in <c>docs/errors.md</c>.</param>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Message">What is wrong, for a person.</param>
/// <param name="Hint">What to do about it.</param>
public record Error(string Code, ErrorKind Kind, string Message, string? Hint = null)
{
    /// <summary>Faults by input field, for forms.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>The same about a place of what was sent (<c>trigger.cron</c>, <c>actions.step1.table</c>); one that is named already is closer.</summary>
    public Error At(string place) => Faults.Count > 0 ? this : this with { Faults = [new(place, Message)] };
}

/// <summary>One input field and what is wrong with it.</summary>
public sealed record FieldFault(string Field, string Message);
