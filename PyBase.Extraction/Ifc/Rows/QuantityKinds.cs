namespace PyBase.Extraction.Ifc;

/// <summary>IfcPhysicalSimpleQuantity's subtypes (ISO 16739-1, 8.10.3).</summary>
static class QuantityKinds
{
    public static string NameOf(IfcWord quantity) => quantity switch
    {
        IfcWord.QuantityLength => "Length",
        IfcWord.QuantityArea => "Area",
        IfcWord.QuantityVolume => "Volume",
        IfcWord.QuantityCount => "Count",
        IfcWord.QuantityWeight => "Weight",
        IfcWord.QuantityTime => "Time",
        _ => "Number",
    };

    public static string UnitTypeOf(IfcWord quantity) => quantity switch
    {
        IfcWord.QuantityLength => "LENGTHUNIT",
        IfcWord.QuantityArea => "AREAUNIT",
        IfcWord.QuantityVolume => "VOLUMEUNIT",
        IfcWord.QuantityWeight => "MASSUNIT",
        IfcWord.QuantityTime => "TIMEUNIT",
        _ => "",
    };
}
