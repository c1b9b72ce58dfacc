using System.Net;
using System.Text;

namespace PyBase.Core.Mails;

/// <summary>The one layout of all mails: what is said, a button where there is something to do, and what else is to be known. Whatever people typed is escaped here and nowhere else.</summary>
sealed record Letter(string Subject, IReadOnlyList<string> Paragraphs, string? Label, string Link, string Footnote)
{
    public Mail Write() => new(OneLine(Subject), Text(), Html());

    string Text() => $"{string.Join("\n\n", Paragraphs)}\n\n{(Label is null ? "" : $"{Label}:\n{Link}\n\n")}-- \n{Footnote}\n";

    string Html()
    {
        var html = new StringBuilder("""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1f2933">
            """);
        foreach (var paragraph in Paragraphs)
            html.Append("<p>").Append(Escaped(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>");
        if (Label is not null)
            html.Append("<p><a href=\"").Append(Escaped(Link)).Append("\" style=\"display:inline-block;padding:10px 18px;border-radius:6px;background:#0b6e7a;color:#fff;text-decoration:none\">")
                .Append(Escaped(Label)).Append("</a></p>");
        html.Append("<p style=\"color:#667\"><small>").Append(Escaped(Footnote)).Append("</small></p></body></html>");
        return html.ToString();
    }

    static string Escaped(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A subject is one line: a break in it could begin another header.</summary>
    static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}
