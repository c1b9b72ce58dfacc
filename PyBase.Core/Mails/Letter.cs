using System.Net;
using System.Text;

namespace PyBase.Core.Mails;

/// <summary>The one layout of all mails: what is said, a button where there is something to do, and what else is to be known. Whatever people typed is escaped here and nowhere else.</summary>
sealed record Letter(string Subject, IReadOnlyList<string> Paragraphs, string? Label, string Link, string Footnote)
{
    /// <summary>What a mail lists, one below the other.</summary>
    public IReadOnlyList<LetterItem> Items { get; init; } = [];

    /// <summary>Links below the footnote.</summary>
    public IReadOnlyList<(string Label, string Link)> Asides { get; init; } = [];

    /// <summary>See <see cref="Mail.Unsubscribe"/>.</summary>
    public string? Unsubscribe { get; init; }

    public Mail Write() => new(OneLine(Subject), Text(), Html(), Unsubscribe);

    string Text() => $"""
        {string.Join("\n\n", Paragraphs.Concat(Items.Select(item => $"{OneLine(item.What)}\n{OneLine(item.Where)}\n{item.Link}")))}

        {(Label is null ? "" : $"{Label}:\n{Link}\n\n")}-- 
        {Footnote}{string.Concat(Asides.Select(aside => $"\n{aside.Label}: {aside.Link}"))}

        """.ReplaceLineEndings("\n");

    string Html()
    {
        var html = new StringBuilder("""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1f2933">
            """);
        foreach (var paragraph in Paragraphs)
            html.Append("<p>").Append(Escaped(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>");
        foreach (var item in Items)
            html.Append("<p style=\"margin:0 0 14px\"><a href=\"").Append(Escaped(item.Link)).Append("\" style=\"color:#0b6e7a;font-weight:600;text-decoration:none\">").Append(Escaped(item.What))
                .Append("</a><br><small style=\"color:#667\">").Append(Escaped(item.Where)).Append("</small></p>");
        if (Label is not null)
            html.Append("<p><a href=\"").Append(Escaped(Link)).Append("\" style=\"display:inline-block;padding:10px 18px;border-radius:6px;background:#0b6e7a;color:#fff;text-decoration:none\">")
                .Append(Escaped(Label)).Append("</a></p>");
        html.Append("<p style=\"color:#667\"><small>").Append(Escaped(Footnote));
        foreach (var (label, link) in Asides)
            html.Append("<br><a href=\"").Append(Escaped(link)).Append("\" style=\"color:#667\">").Append(Escaped(label)).Append("</a>");
        html.Append("</small></p></body></html>");
        return html.ToString();
    }

    static string Escaped(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A subject is one line: a break in it could begin another header.</summary>
    static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}

/// <summary>One of several things that a mail tells of.</summary>
sealed record LetterItem(string What, string Where, string Link);
