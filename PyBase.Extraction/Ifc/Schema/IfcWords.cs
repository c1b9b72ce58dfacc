using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

static class IfcWords
{
    /// <summary>An instance's keyword, where it is one of the <see cref="IfcWord"/>s; beyond them for a class.</summary>
    public static IfcWord Word(this InstanceStore store, int place) => (IfcWord)store.Keyword(place);
}
