using System.Text;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>Reads values, which carry their type: <c>IFCLABEL('x')</c>, <c>IFCLOGICAL(.U.)</c>, <c>IFCLENGTHMEASURE(2.5)</c> (IfcValue, ISO 16739-1, 8.11.2.10).</summary>
sealed class ValueReader(ProjectUnits units, int maxItems)
{
    /// <summary>The type and unit of the value read last.</summary>
    public string Type { get; private set; } = "";
    public string? Unit { get; private set; }

    public IfcValue Read(ArgumentReader value)
    {
        Type = "";
        Unit = null;
        if (value.Kind != ArgumentKind.Typed)
            return Plain(value);
        var keyword = value.Raw[..value.Raw.IndexOf((byte)'(')].TrimEnd(" \t\r\n"u8);
        var measure = IfcMeasures.IndexOf(keyword);
        Type = measure >= 0 ? IfcMeasures.NameOf(measure) : Encoding.ASCII.GetString(keyword);
        Unit = units.OfMeasure(measure)?.Symbol;
        var inside = value.Items();
        return inside.Next() ? Plain(inside) : default;
    }

    /// <summary>Several values as one text; type and unit are those of the first. One value stays what it is.</summary>
    public IfcValue ReadMany(ArgumentReader list)
    {
        if (list.Kind != ArgumentKind.List)
            return Read(list);
        var items = list.Items();
        if (!items.Next())
            return Read(items);
        var first = Read(items);
        if (!items.Next())
            return first;
        var (type, unit) = (Type, Unit);
        var text = new StringBuilder(first.ToString());
        var count = 1;
        do
        {
            if (count++ >= maxItems)
            {
                text.Append("; …");
                break;
            }
            text.Append("; ").Append(Read(items).ToString());
        }
        while (items.Next());
        (Type, Unit) = (type, unit);
        return new IfcValue(text.ToString());
    }

    static IfcValue Plain(ArgumentReader value)
    {
        switch (value.Kind)
        {
            case ArgumentKind.Text:
                return new IfcValue(value.Text());
            case ArgumentKind.Number:
                // Too large for a number: the digits are all that is known.
                return value.TryNumber(out var number) ? new IfcValue(Number: number) : new IfcValue(Encoding.ASCII.GetString(value.Raw[..Math.Min(value.Raw.Length, 100)]));
            case ArgumentKind.Enumeration:
                var item = value.Enumeration();
                return item switch
                {
                    [(byte)'T' or (byte)'t'] => new IfcValue(Truth: true),
                    [(byte)'F' or (byte)'f'] => new IfcValue(Truth: false),
                    [(byte)'U' or (byte)'u'] => default,
                    _ => new IfcValue(Encoding.ASCII.GetString(item)),
                };
            case ArgumentKind.List:
                return new IfcValue(Numbers(value));
            case ArgumentKind.Reference or ArgumentKind.Binary:
                return new IfcValue(Encoding.ASCII.GetString(value.Raw[..Math.Min(value.Raw.Length, 1000)]));
            default:
                return default;
        }
    }

    // IFCCOMPLEXNUMBER((1.,2.)), IFCCOMPOUNDPLANEANGLEMEASURE((48,8,0)).
    static string Numbers(ArgumentReader list)
    {
        var text = new StringBuilder();
        var items = list.Items();
        for (var count = 0; count < 8 && items.Next(); count++)
            text.Append(count == 0 ? "" : "; ").Append(items.TryNumber(out var number) ? new IfcValue(Number: number).ToString() : "");
        return text.ToString();
    }
}
