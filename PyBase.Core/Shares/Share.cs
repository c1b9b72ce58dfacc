namespace PyBase.Core.Shares;

/// <summary>What a link leads to.</summary>
public enum ShareKind
{
    /// <summary>The rows of a view.</summary>
    View,
    /// <summary>A form to fill in.</summary>
    Form,
    /// <summary>The widgets of a dashboard.</summary>
    Dashboard,
}

/// <summary>A link under which somebody without an account sees one thing of a base; the link itself is nowhere, only its hash.</summary>
/// <param name="Id"><c>shr…</c>, which says nothing about the link.</param>
/// <param name="BaseId">Whose thing it is.</param>
/// <param name="Kind">What it leads to.</param>
/// <param name="ThingId">The view, the form that it is, or the dashboard.</param>
/// <param name="HasPassword">It asks for one.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedTime">When.</param>
/// <param name="Expires">From then on it leads nowhere.</param>
/// <param name="Revoked">Likewise; null while it was not.</param>
public sealed record Share(string Id, string BaseId, ShareKind Kind, string ThingId, bool HasPassword, string CreatedBy, DateTimeOffset CreatedTime, DateTimeOffset Expires, DateTimeOffset? Revoked)
{
    /// <summary>How long a link works when nobody says how long.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(90);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(731);

    /// <summary>Most links of a base, those that have ended not counted.</summary>
    public const int MaxShares = 1_000;

    /// <summary><c>view</c>, <c>form</c> or <c>dashboard</c>.</summary>
    public static string NameOf(ShareKind kind) => kind switch { ShareKind.Form => "form", ShareKind.Dashboard => "dashboard", _ => "view" };

    /// <summary>The kind of that name.</summary>
    public static ShareKind KindOf(string name) => name switch { "form" => ShareKind.Form, "dashboard" => ShareKind.Dashboard, _ => ShareKind.View };
}

/// <summary>How a link is kept from others, and for how long.</summary>
/// <param name="Password">What is asked for at its end; null for nothing.</param>
/// <param name="SetsPassword">It was said, be it that there is none.</param>
/// <param name="Expires">When it ends; null where nothing is said.</param>
public sealed record ShareTerms(string? Password, bool SetsPassword, DateTimeOffset? Expires);
