using PyBase.Extraction.Dxf.Records;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>
/// Writes the cells of an ACAD_TABLE. Up to R2007 each is kind, span and value with what it sets for itself; from R2010 on a tree of
/// columns, rows, cells and contents with styles at every level, and spans at its end. Where that cannot be read the block
/// that draws the table remains.
/// </summary>
sealed class TableEntityTags(ObjectReader reader, DwgTags tags)
{
    sealed class Cell
    {
        public int Kind = 1;
        public CellValue Value = CellValue.None;
        public int RowSpan = 1, ColumnSpan = 1;
        public bool IsCovered;
        public ulong Block;
    }

    const int Text = 1, Block = 2;

    readonly List<double> widths = [], heights = [];
    readonly List<Cell> cells = [];

    public void Write()
    {
        widths.Clear();
        heights.Clear();
        cells.Clear();
        if (reader.Version >= DwgVersion.R2010)
            ReadContent();
        else
            ReadCells();
        if (reader.IsDamaged)
        {
            reader.Forgive();
            cells.Clear();
            return;
        }
        tags.Add(91, heights.Count);
        tags.Add(92, widths.Count);
        foreach (var height in heights)
            tags.Add(141, height);
        foreach (var width in widths)
            tags.Add(142, width);
        foreach (var cell in cells)
            Write(cell);
    }

    void Write(Cell cell)
    {
        tags.Add(171, cell.Kind);
        tags.Add(173, cell.IsCovered ? 1 : 0);
        tags.Add(175, cell.ColumnSpan);
        tags.Add(176, cell.RowSpan);
        if (cell.Block != 0)
            tags.AddHandle(340, cell.Block);
        tags.Add(301, "CELL_VALUE"u8);
        if (cell.Value.Number is { } number)
            tags.Add(140, number);
        tags.AddText(1, cell.Value.Text);
        tags.AddText(302, cell.Value.Shown);
        tags.Add(304, "ACVALUE_END"u8);
    }

    // More would not be kept either.
    int Count()
    {
        var count = reader.Bits.BitLong();
        if (count is >= 0 and <= TableEntity.MaxCells && !reader.IsDamaged)
            return count;
        reader.Bits.Skip(-1);
        return 0;
    }

    void ReadCells()
    {
        var bits = reader.Bits;
        bits.BitShort();
        bits.Point();
        var (columns, rows) = (Count(), Count());
        for (var i = 0; i < columns && !bits.HasOverrun; i++)
            widths.Add(bits.BitDouble());
        for (var i = 0; i < rows && !bits.HasOverrun; i++)
            heights.Add(bits.BitDouble());
        reader.Handle();
        for (var i = 0L; i < (long)rows * columns && cells.Count < TableEntity.MaxCells && !reader.IsDamaged; i++)
            cells.Add(ReadCell());
    }

    Cell ReadCell()
    {
        var bits = reader.Bits;
        var cell = new Cell { Kind = bits.BitShort() };
        bits.Byte();
        cell.IsCovered = bits.Bit();
        bits.Bit();
        (cell.ColumnSpan, cell.RowSpan) = (bits.BitLong(), bits.BitLong());
        bits.BitDouble();
        var content = reader.Handle();
        if (cell.Kind == Text && content == 0 && reader.Version < DwgVersion.R2007)
            cell.Value = new CellValue(reader.Text(), [], null);
        else if (cell.Kind == Block)
        {
            cell.Block = content;
            bits.BitDouble();
            for (var i = bits.Bit() ? bits.BitShort() : 0; i > 0 && !reader.IsDamaged; i--)
            {
                reader.Handle();
                bits.BitShort();
                reader.Text();
            }
        }
        if (bits.Bit())
            SkipOverrides();
        if (reader.Version >= DwgVersion.R2007)
        {
            bits.BitLong();
            cell.Value = CellValue.Read(reader);
        }
        return cell;
    }

    // A bit for each thing that follows; of the edges colour, weight and whether it is seen.
    void SkipOverrides()
    {
        var bits = reader.Bits;
        var set = bits.BitLong();
        bits.Byte();
        if ((set & 1) != 0)
            bits.BitShort();
        if ((set & 2) != 0)
            bits.Bit();
        if ((set & 4) != 0)
            reader.TrueColor();
        if ((set & 8) != 0)
            reader.TrueColor();
        if ((set & 16) != 0)
            reader.Handle();
        if ((set & 32) != 0)
            bits.BitDouble();
        for (var edge = 0; edge < 4; edge++)
        {
            if ((set & (0x40 << edge)) != 0)
                reader.TrueColor();
            if ((set & (0x400 << edge)) != 0)
                bits.BitShort();
            if ((set & (0x4000 << edge)) != 0)
                bits.BitShort();
        }
    }

    void ReadContent()
    {
        var bits = reader.Bits;
        bits.Byte();
        reader.Handle();
        bits.BitLong();
        if (reader.Version >= DwgVersion.R2013)
            bits.BitLong();
        else
            bits.Bit();
        reader.Text();
        reader.Text();
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
        {
            reader.Text();
            bits.BitLong();
            SkipCustomData();
            SkipStyle();
            bits.BitLong();
            widths.Add(bits.BitDouble());
        }
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
        {
            var row = Count();
            for (var column = 0; column < row && cells.Count < TableEntity.MaxCells && !reader.IsDamaged; column++)
                cells.Add(ReadContentCell());
            bits.BitLong();
            SkipCustomData();
            SkipStyle();
            bits.BitLong();
            heights.Add(bits.BitDouble());
        }
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
            reader.Handle();
        SkipStyle();
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
            Merge(bits.BitLong(), bits.BitLong(), bits.BitLong(), bits.BitLong());
    }

    void Merge(int top, int left, int bottom, int right)
    {
        if (top < 0 || left < 0 || bottom < top || right < left || bottom >= heights.Count || right >= widths.Count)
            return;
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                var place = ((long)row * widths.Count) + column;
                if (place < cells.Count)
                    cells[(int)place].IsCovered = row != top || column != left;
            }
        }
        var first = ((long)top * widths.Count) + left;
        if (first < cells.Count)
            (cells[(int)first].RowSpan, cells[(int)first].ColumnSpan) = (bottom - top + 1, right - left + 1);
    }

    Cell ReadContentCell()
    {
        var bits = reader.Bits;
        var cell = new Cell();
        bits.BitLong();
        reader.Text();
        bits.BitLong();
        SkipCustomData();
        if (bits.BitLong() != 0)
        {
            reader.Handle();
            for (var i = 0; i < 3; i++)
                bits.BitLong();
        }
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
            ReadContentOf(cell);
        SkipStyle();
        bits.BitLong();
        if (bits.BitLong() == 0)
            return cell;
        bits.BitLong();
        bits.BitDouble();
        bits.BitDouble();
        var hasGeometry = bits.BitLong() != 0;
        reader.Handle();
        if (hasGeometry)
        {
            for (var i = 0; i < 10; i++)
                bits.BitDouble();
            bits.BitLong();
        }
        return cell;
    }

    void ReadContentOf(Cell cell)
    {
        const int value = 1, field = 2, block = 4;
        var bits = reader.Bits;
        switch (bits.BitLong())
        {
            case value:
                var read = CellValue.Read(reader);
                if (cell.Value == CellValue.None)
                    cell.Value = read;
                break;
            case field:
                reader.Handle();
                break;
            case block:
                (cell.Kind, cell.Block) = (Block, reader.Handle());
                break;
        }
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
        {
            reader.Handle();
            reader.Text();
            bits.BitLong();
        }
        if (bits.BitShort() != 0)
            SkipFormat();
    }

    void SkipCustomData()
    {
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
        {
            reader.Text();
            CellValue.Read(reader);
        }
    }

    void SkipFormat()
    {
        var bits = reader.Bits;
        for (var i = 0; i < 4; i++)
            bits.BitLong();
        reader.Text();
        bits.BitDouble();
        bits.BitDouble();
        bits.BitLong();
        reader.TrueColor();
        reader.Handle();
        bits.BitDouble();
    }

    void SkipStyle()
    {
        var bits = reader.Bits;
        bits.BitLong();
        if (bits.BitShort() == 0)
            return;
        bits.BitLong();
        bits.BitLong();
        reader.TrueColor();
        bits.BitLong();
        SkipFormat();
        if ((bits.BitShort() & 1) != 0)
        {
            for (var i = 0; i < 6; i++)
                bits.BitDouble();
        }
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
        {
            if (bits.BitLong() != 0)
                SkipBorder();
        }
    }

    void SkipBorder()
    {
        var bits = reader.Bits;
        bits.BitLong();
        bits.BitLong();
        reader.TrueColor();
        bits.BitLong();
        reader.Handle();
        bits.BitLong();
        bits.BitDouble();
    }
}
