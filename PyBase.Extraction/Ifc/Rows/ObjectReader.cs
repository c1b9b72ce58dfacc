using System.Text;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>The attributes that objects and types have themselves.</summary>
sealed class ObjectReader(InstanceStore store, IfcVersion version)
{
    public string? Name(ModelObject subject) => store.Text(subject.Place, 2);
    public string? Description(ModelObject subject) => store.Text(subject.Place, 3);
    /// <summary>IfcObject.ObjectType; of a type its ApplicableOccurrence.</summary>
    public string? ObjectType(ModelObject subject) => store.Text(subject.Place, 4);
    public string? LongName(ModelObject subject) => Text(subject, subject.Class.LongName);
    public string? Tag(ModelObject subject) => Text(subject, subject.Class.Tag);
    public string? ElementType(ModelObject subject) => Text(subject, subject.Class.ElementType);

    public double? Elevation(ModelObject subject) =>
        store.TryAttribute(subject.Place, subject.Class.Elevation, out var a) && a.TryNumber(out var number) ? number : null;

    public string? PredefinedType(ModelObject subject)
    {
        if (!store.TryAttribute(subject.Place, subject.Class.PredefinedType(version), out var a))
            return null;
        // IFCROADPARTTYPEENUM(.ROADSEGMENT.): the select of the release candidates.
        if (a.Kind == ArgumentKind.Typed)
        {
            a = a.Items();
            a.Next();
        }
        return a.Kind == ArgumentKind.Enumeration ? Encoding.ASCII.GetString(a.Enumeration()) : null;
    }

    string? Text(ModelObject subject, int position) => position < 0 ? null : store.Text(subject.Place, position);
}
