namespace PyBase.Extraction.Part21;

/// <summary>Walks the parts of a complex instance, <c>( A(1) B($,'x') )</c>; commas between parts are forgiven.</summary>
/// <param name="body">The instance, from its opening parenthesis, or what stands inside.</param>
/// <param name="start">Where the parts begin: behind the opening parenthesis, or at 0.</param>
ref struct ComplexParts(ReadOnlySpan<byte> body, int start = 1)
{
    readonly ReadOnlySpan<byte> body = body;
    int at = start;

    public ReadOnlySpan<byte> Keyword { get; private set; }
    public ReadOnlySpan<byte> Inside { get; private set; }

    public bool Next()
    {
        at = Part21Token.SkipBlank(body, at);
        if (at < body.Length && body[at] == ',')
            at = Part21Token.SkipBlank(body, at + 1);
        var start = at;
        while (at < body.Length && Part21Token.IsKeyword(body[at]))
            at++;
        if (at == start)
            return false;
        Keyword = body[start..at];
        var open = Part21Token.SkipBlank(body, at);
        if (open >= body.Length || body[open] != '(')
            return false;
        var end = Part21Token.ListEnd(body, open, int.MaxValue, out _);
        if (end < 0)
            return false;
        Inside = body[(open + 1)..(end - 1)];
        at = end;
        return true;
    }
}
