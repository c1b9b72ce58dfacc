using System.Text;
using PyBase.Extraction.Dxf.Tables;

namespace PyBase.Extraction.Sheets;

/// <summary>Which field of a parts list a heading names: the words of drawings, and those that sheets and electronics have besides.</summary>
static class BomColumns
{
    static readonly Dictionary<string, string> More = new(StringComparer.Ordinal);
    static readonly char[] s_partings = ['/', '|', '\n', '(', ')', '[', ']', '（', '）', '［', '］', '／'];

    static BomColumns()
    {
        Add("item", "ITEM# LINE LINENO # № NR N° ROW POSNO POSITIONNO FINDNO FINDNUMBER");
        Add("level", "LEVEL LVL BOMLEVEL STUFE EBENE NIVEAU NIVEL LIVELLO УРОВЕНЬ 层级 阶层 階層 レベル");
        Add("part_number", "PARTNUMBER# MPN MFGPN MFRPN MFRPARTNUMBER MANUFPARTNUMBER MANUFACTURERPN MANUFACTURERPARTNUMBER MANUFACTURERPARTNO MANUFPART MFGPARTNUMBER MFRPART ITEMCODE ARTICLENUMBER ARTICLENO ARTICLE ITEMNO. SKU PARTNAMENUMBER DRAWINGNUMBER DRAWINGNO MATERIALNUMBER PRODUCTNUMBER COMPONENTNUMBER JLCPCBPARTNUMBER LCSCPARTNUMBER LCSCPART LCSC");
        Add("description", "PARTDESCRIPTION ITEMDESCRIPTION DENOMINATION TEXT");
        Add("qty", "QTYS QNT QTYPER QTYPERUNIT TOTALQTY REQUIRED REQD BUILDQUANTITY QUANTITYPERPCB QUANTITYPERUNIT NUMBEROFPIECES PIECES STÜCKZAHL КОЛВО КОЛИЧЕСТВОШТ");
        Add("reference", "REFERENCES DESIGNATOR DESIGNATORS REFDES REFERENCEDESIGNATOR REFERENCEDESIGNATORS REFS");
        Add("value", "VALUE VAL WERT VALEUR VALOR VALORE ЗНАЧЕНИЕ НОМИНАЛ");
        Add("footprint", "FOOTPRINT PACKAGE CASE");
        Add("manufacturer", "MANUFACTURER MFR MFG MANUF MANF HERSTELLER FABRICANT FABRICANTE PRODUTTORE ПРОИЗВОДИТЕЛЬ 制造商 厂家 メーカー");
        Add("supplier", "SUPPLIER VENDOR DISTRIBUTOR LIEFERANT FOURNISSEUR PROVEEDOR FORNITORE ПОСТАВЩИК 供应商 仕入先");
        Add("order_code", "ORDERCODE ORDERNO ORDERNUMBER BESTELLNUMMER BESTELLNR SUPPLIERPARTNUMBER SUPPLIERPN VENDORPN");
        Add("finish", "FINISH SURFACE SURFACEFINISH COVERING COATING TREATMENT OBERFLÄCHE ПОКРЫТИЕ 表面处理 表面処理");
        Add("unit", "UNIT UOM UNITS UNITOFMEASURE UM UDM EINHEIT ME MENGENEINHEIT UNITE UNIDAD UNITA ЕДИЗМ ЕДИНИЦА ЕДИНИЦАИЗМЕРЕНИЯ 单位 単位");
        Add("notes", "NOTE NOTES REMARK REMARKS COMMENTS ADDITIONALINFO ADDITIONALINFORMATION INFO BEMERKUNG BEMERKUNGEN ANMERKUNG REMARQUE OBSERVACIONES NOTA ПРИМЕЧАНИЕ ПРИМЕЧАНИЯ 备注 備考 摘要 OPMERKING UWAGI");
        Add("weight", "WEIGHT MASS UNITWEIGHT GEWICHT MASSE POIDS PESO МАССА ВЕС 重量 单重 単重");
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
            // "Benennung / Description", "数量 (Qty)", "Gewicht [kg]": a name in two languages or with its unit.
            _ => heading.Split(s_partings, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 1 } parts
                ? parts.Select(Find).FirstOrDefault(field => field is not null)
                : null,
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

    // Without accents: UNITÉ is UNITE.
    static string Key(string heading) => new([.. heading.Normalize(NormalizationForm.FormD).Where(letter => char.IsLetterOrDigit(letter)).Select(char.ToUpperInvariant)]);
}
