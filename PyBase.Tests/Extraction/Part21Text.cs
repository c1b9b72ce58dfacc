using System.Text;
using PyBase.Extraction;
using PyBase.Extraction.Part21;
using Xunit;

namespace PyBase.Tests.Extraction;

/// <summary>Small exchange structures written in place: <c>Data("#1=A('x');")</c> is a whole file.</summary>
static class Part21Text
{
    public static string Data(string instances, string schema = "AUTOMOTIVE_DESIGN") => $"""
        ISO-10303-21;
        HEADER;
        FILE_DESCRIPTION(('a','b'),'2;1');
        FILE_NAME('n','2024-01-02T03:04:05',('me'),('us'),'p','o','z');
        FILE_SCHEMA(('{schema}'));
        ENDSEC;
        DATA;
        {instances}
        ENDSEC;
        END-ISO-10303-21;
        """;

    /// <summary>Text to bytes: one byte per character, so <c>\u00E4</c> is the raw byte E4.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>The wanted instances as <c>#1=A:arguments</c>, with the findings' codes at the end.</summary>
    public static List<string> Read(string file, params string[] keywords) => Read(Bytes(file), new Part21Options(), keywords);

    public static List<string> Read(byte[] file, Part21Options options, params string[] keywords)
    {
        var set = new KeywordSet(keywords);
        using var reader = new Part21Reader(new MemoryStream(file), set, options);
        List<string> seen = [];
        while (reader.Read(TestContext.Current.CancellationToken))
        {
            for (var keyword = 0; keyword < set.Count; keyword++)
            {
                if (reader.TryArguments(keyword, out var arguments))
                    seen.Add($"#{reader.Id}={set[keyword]}:{Show(arguments)}");
            }
        }
        seen.AddRange(reader.Findings.Select(finding => $"{finding.Code} {finding.Locator}".TrimEnd()));
        return seen;
    }

    /// <summary>The one text of <c>#1=A('…');</c>.</summary>
    public static string Text(string raw)
    {
        using var reader = new Part21Reader(new MemoryStream(Bytes(Data($"#1=A('{raw}');"))), new KeywordSet("A"));
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.True(reader.TryArguments(0, out var arguments) && arguments.Next());
        return arguments.Text();
    }

    static string Show(ArgumentReader arguments)
    {
        var shown = new StringBuilder();
        while (arguments.Next())
            shown.Append(shown.Length == 0 ? "" : ",").Append(ShowOne(arguments));
        return shown.ToString();
    }

    static string ShowOne(ArgumentReader argument) => argument.Kind switch
    {
        ArgumentKind.Text => $"'{argument.Text()}'",
        ArgumentKind.Reference => $"#{argument.Reference()}",
        ArgumentKind.Number => argument.TryNumber(out var number) ? FormattableString.Invariant($"{number}") : "?",
        ArgumentKind.List => $"({Show(argument.Items())})",
        ArgumentKind.Typed => $"{Encoding.ASCII.GetString(argument.Raw[..argument.Raw.IndexOf((byte)'(')])}({Show(argument.Items())})",
        ArgumentKind.Enumeration => $".{Encoding.ASCII.GetString(argument.Enumeration())}.",
        _ => Encoding.Latin1.GetString(argument.Raw),
    };
}

/// <summary>A stream that hands out a few bytes at a time, so that every boundary falls somewhere inside.</summary>
sealed class DripStream(byte[] bytes, int portion) : Stream
{
    int at;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = Math.Min(Math.Min(count, portion), bytes.Length - at);
        bytes.AsSpan(at, taken).CopyTo(buffer.AsSpan(offset));
        at += taken;
        return taken;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
