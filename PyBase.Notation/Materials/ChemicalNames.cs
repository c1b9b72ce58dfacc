using System.Text;
using System.Text.RegularExpressions;

namespace PyBase.Notation.Materials;

/// <summary>Element symbols inside names: <c>X5CRNI18-10</c> of a drawing in capitals is X5CrNi18-10.</summary>
static partial class ChemicalNames
{
    /// <summary>A symbol, longer ones first, so that CR is chromium before it is carbon.</summary>
    public const string Element = "Al|Be|Bi|Ca|Ce|Co|Cr|Cu|Fe|La|Li|Mg|Mn|Mo|Nb|Ni|Pb|Re|Sb|Se|Si|Sn|Ta|Te|Ti|Zn|Zr|B|N|P|S|V|W";

    [GeneratedRegex(Element, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Symbol();

    /// <summary>Writes the element symbols in their case.</summary>
    public static string Spell(string letters)
    {
        var text = new StringBuilder(letters.ToUpperInvariant());
        foreach (Match symbol in Symbol().Matches(letters))
        {
            if (symbol.Length == 2)
                text[symbol.Index + 1] = char.ToLowerInvariant(text[symbol.Index + 1]);
        }
        return text.ToString();
    }
}
