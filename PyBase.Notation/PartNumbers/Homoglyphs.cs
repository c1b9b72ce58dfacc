namespace PyBase.Notation.PartNumbers;

/// <summary>Letters of other scripts that look like Latin ones (Unicode UTS #39, the part that keyboards produce).</summary>
static class Homoglyphs
{
    const string Foreign = "АВЕЅІЈКМНОРСТУХҮавеѕіјкмнорстухуԁԛԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχ";
    const string Latin = "ABESIJKMHOPCTYXYABESIJKMHOPCTYXYDQWABEZHIKMNOPTYXAIKVOPTUX";

    static readonly Dictionary<char, char> s_latin = Foreign.Zip(Latin).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>The Latin capital a letter looks like, or the letter.</summary>
    public static char Latinise(char letter) => s_latin.GetValueOrDefault(letter, letter);
}
