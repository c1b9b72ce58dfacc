using PyBase.Extraction.Dxf.Tables;

namespace PyBase.Extraction.Sheets;

/// <summary>Which field of a parts list a heading names: the words of drawings, and those that sheets and electronics have besides.</summary>
static class BomColumns
{
    static readonly Dictionary<string, string> More = new(StringComparer.Ordinal);

    static BomColumns()
    {
        Add("item", "ITEM# LINE LINENO # № NR N° ROW POSNO POSITIONNO FINDNO FINDNUMBER");
        Add("level", "LEVEL LVL BOMLEVEL STUFE EBENE NIVEAU NIVEL LIVELLO УРОВЕНЬ");
        Add("part_number", "PARTNUMBER# MPN MFGPN MFRPN MFRPARTNUMBER MANUFPARTNUMBER MANUFACTURERPN MANUFACTURERPARTNUMBER MANUFACTURERPARTNO MANUFPART MFGPARTNUMBER MFRPART ITEMCODE ARTICLENUMBER ARTICLENO ARTICLE ITEMNO. SKU PARTNAMENUMBER DRAWINGNUMBER DRAWINGNO MATERIALNUMBER PRODUCTNUMBER COMPONENTNUMBER JLCPCBPARTNUMBER LCSCPARTNUMBER LCSCPART LCSC");
        Add("description", "PARTDESCRIPTION ITEMDESCRIPTION DENOMINATION TEXT");
        Add("qty", "QTYS QNT QTYPER QTYPERUNIT TOTALQTY REQUIRED REQD BUILDQUANTITY QUANTITYPERPCB QUANTITYPERUNIT NUMBEROFPIECES PIECES STÜCKZAHL КОЛВО КОЛИЧЕСТВОШТ");
        Add("reference", "REFERENCES DESIGNATOR DESIGNATORS REFDES REFERENCEDESIGNATOR REFERENCEDESIGNATORS REFS");
        Add("value", "VALUE VAL WERT VALEUR VALOR VALORE ЗНАЧЕНИЕ НОМИНАЛ");
        Add("footprint", "FOOTPRINT PACKAGE CASE");
        Add("manufacturer", "MANUFACTURER MFR MFG MANUF MANF HERSTELLER FABRICANT FABRICANTE PRODUTTORE ПРОИЗВОДИТЕЛЬ");
        Add("supplier", "SUPPLIER VENDOR DISTRIBUTOR LIEFERANT FOURNISSEUR PROVEEDOR FORNITORE ПОСТАВЩИК");
        Add("order_code", "ORDERCODE ORDERNO ORDERNUMBER BESTELLNUMMER BESTELLNR SUPPLIERPARTNUMBER SUPPLIERPN VENDORPN");
        Add("finish", "FINISH SURFACE SURFACEFINISH COVERING COATING TREATMENT OBERFLÄCHE ПОКРЫТИЕ");
        Add("unit", "UNIT UOM UNITS EINHEIT UNITE UNIDAD UNITA ЕДИЗМ ЕДИНИЦА");
        Add("notes", "NOTE NOTES REMARK REMARKS COMMENTS ADDITIONALINFO ADDITIONALINFORMATION INFO BEMERKUNG BEMERKUNGEN ANMERKUNG REMARQUE OBSERVACIONES NOTA ПРИМЕЧАНИЕ ПРИМЕЧАНИЯ");
        Add("weight", "WEIGHT MASS UNITWEIGHT GEWICHT MASSE POIDS PESO МАССА ВЕС");
        Add("parent", "PARENT PARENTPART PARENTNUMBER PARENTPARTNUMBER");
    }

    /// <summary>The field of each column: the clear names first, then those that mean something only where nothing better does.</summary>
    public static string?[] Map(IReadOnlyList<string?> headings)
    {
        var fields = new string?[headings.Count];
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < headings.Count; i++)
            {
                if (fields[i] is null && headings[i] is { } heading && (pass == 0 ? Find(heading) : Weak(heading, fields)) is { } field && !fields.Contains(field))
                    fields[i] = field;
            }
        }
        return fields;
    }

    /// <summary>Whether the fields are those of a parts list.</summary>
    public static bool IsPartsList(IReadOnlyCollection<string> fields) =>
        fields.Count >= 2 && (fields.Contains("part_number") || fields.Contains("description") || fields.Contains("reference"))
        && (fields.Contains("qty") || fields.Contains("item") || fields.Contains("reference") || fields.Contains("part_number") && fields.Contains("description"));

    static string? Weak(string heading, string?[] fields)
    {
        if (heading.Length > 80)
            return null;
        var key = Key(heading);
        return key switch
        {
            "PART" or "PARTS" or "COMPONENT" or "COMPONENTS" => !fields.Contains("description") ? "description" : "reference",
            "COMMENT" => !fields.Contains("value") && fields.Contains("reference") ? "value" : "notes",
            "NUMBER" => fields.Contains("item") ? "part_number" : "item",
            _ when key.StartsWith("QTY", StringComparison.Ordinal) || key.StartsWith("QUANTITY", StringComparison.Ordinal) || key.StartsWith("КОЛ", StringComparison.Ordinal) => "qty",
            _ when key.Contains("PARTNUMBER", StringComparison.Ordinal) => "part_number",
            _ => null,
        };
    }

    /// <summary>The field, or null for a heading of no known meaning.</summary>
    public static string? Find(string heading)
    {
        if (heading.Length is 0 or > 80)
            return null;
        var key = Key(heading);
        if (key.Length == 0)
            return heading.Trim() is "#" or "№" or "N°" ? "item" : null;
        // REFERENCE alone names the places on a board when MPN or value stand beside it; as a part number it is told by the words below.
        return key is "REFERENCE" or "REFERENCES" ? "reference" : More.GetValueOrDefault(key) ?? FieldSynonyms.PartsList.Find(heading) ?? More.GetValueOrDefault(key.TrimEnd('S'));
    }

    static void Add(string field, string names)
    {
        foreach (var name in names.Split(' '))
            More.TryAdd(Key(name), field);
    }

    static string Key(string heading) => new([.. heading.Where(letter => char.IsLetterOrDigit(letter)).Select(char.ToUpperInvariant)]);
}
