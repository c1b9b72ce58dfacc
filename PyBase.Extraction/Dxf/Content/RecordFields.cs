using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Content;

/// <summary>
/// Reads the pairs of one record, up to the next code 0. Those of an application's group and of extended data are not its own:
/// <code>
/// 0 MTEXT  5 2A3  102 {ACAD_REACTORS  330 1F  102 }  330 1F  …  101 Embedded Object  70 1 …  1001 ACAD  1000 …
/// </code>
/// </summary>
sealed class RecordFields(TagReader tags, Drawing drawing, DxfOptions options, FindingList findings)
{
    bool isGroup, isEmbedded, wantsData;

    /// <summary>Fills a record; false at the end of the stream.</summary>
    public bool Fill(RecordType type, DxfRecord record)
    {
        (isGroup, isEmbedded, wantsData) = (false, false, false);
        var values = 0;
        var handleCode = type == DimensionStyle.Type ? 105 : 5;
        while (tags.Read())
        {
            var code = tags.Code;
            if (code == 0)
                return true;
            if (IsForeign(code))
                continue;
            if (++values > options.MaxValuesPerRecord && code >= 1000)
            {
                findings.Warn(FindingCode.RecordTooLong, "A record has more values than the limit; the rest was left out.", tags.Place);
                continue;
            }
            if (code >= 1000)
                TakeExtended(record, code);
            else if (isEmbedded)
                type.ApplyEmbedded(record, tags);
            else
            {
                TakeCommon(record, code, handleCode);
                type.Apply(record, tags);
            }
        }
        return false;
    }

    /// <summary>Passes a record over, seeing only where it lies; false at the end of the stream.</summary>
    public bool Skip(Tally.Key start, out Tally.Key key)
    {
        key = start;
        (isGroup, isEmbedded) = (false, false);
        while (tags.Read())
        {
            var code = tags.Code;
            if (code == 0)
                return true;
            // Nearly all pairs are coordinates.
            if (code is >= 9 and < 67 or > 410 || IsForeign(code) || isEmbedded)
                continue;
            switch (code)
            {
                case 8 when key.Layer < 0 && key.Type >= 0:
                    key = key with { Layer = drawing.Layers.NumberOf(tags.Word) };
                    break;
                case 67:
                    key = key with { IsInPaperSpace = tags.Integer() == 1 };
                    break;
                case 330 when key.Owner == 0:
                    key = key with { Owner = tags.Handle() };
                    break;
            }
        }
        return false;
    }

    // Whether the pair belongs to an application's group or is a mark.
    bool IsForeign(int code)
    {
        if (code == 102)
        {
            isGroup = tags.Word is [(byte)'{', ..];
            return true;
        }
        if (code == 101)
            isEmbedded = true;
        return isGroup || code == 101;
    }

    void TakeCommon(DxfRecord record, int code, int handleCode)
    {
        if (code == handleCode && record.Handle == 0)
            record.Handle = tags.Handle();
        else if (code == 8)
            record.Layer = drawing.Layers.NumberOf(tags.Word);
        else if (code == 67)
            record.IsInPaperSpace = tags.Integer() == 1;
        else if (code == 330 && record.Owner == 0)
            record.Owner = tags.Handle();
        else if (code == 410)
            record.LayoutName = tags.Name();
    }

    void TakeExtended(DxfRecord record, int code)
    {
        if (code == 1001)
            wantsData = tags.Is("ACAD"u8) || tags.Is("AcDbBlockRepBTag"u8);
        if (wantsData)
            (record.ExtendedData ??= []).Add(new ExtendedValue(code, code < 1010 ? tags.Name() : "", code >= 1010 ? tags.Real() : 0));
    }
}
