namespace PyBase.Notation.Text;

/// <summary>Why a text is not the notation it was read as. Nothing in this library throws on a text.</summary>
/// <param name="Position">Index into the text as it was given, where reading stopped; the text's length when something is missing at its end.</param>
/// <param name="Expected">What could have stood there, as a noun phrase: "a number", "a datum letter".</param>
public sealed record NotationFault(int Position, string Expected)
{
    /// <summary>The longest text any notation is read from, in characters.</summary>
    public const int MaxTextLength = 1000;

    /// <summary>A sentence for people, positions counted from one.</summary>
    public override string ToString() => $"Expected {Expected} at character {Position + 1}.";
}
