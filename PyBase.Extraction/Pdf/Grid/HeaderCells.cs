using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Headings of columns: lines of one heading are joined, a heading over others spans their columns.</summary>
static class HeaderCells
{
    const double NextLine = 1.5;

    sealed class Block
    {
        public required int First { get; init; }
        public required int Last { get; init; }
        public List<TextRun> Words { get; } = [];
        public Box Box => Words.Aggregate(Box.Nothing, (box, word) => box.With(word.Box));
        public double Lowest => Words.Min(word => word.Across);
        public int Level { get; set; }
    }

    public static List<GridCell> Of(List<Piece> pieces, int columns, Rulings rulings, out int rows)
    {
        List<Block> blocks = [];
        foreach (var piece in pieces.OrderBy(piece => piece.Line).ThenBy(piece => piece.First))
        {
            var word = piece.Words[0];
            var above = blocks.LastOrDefault(block => Covers(block, piece));
            if (above is not null && above.Lowest - word.Across is > 0 and var step && step < NextLine * word.Size && !IsRuled(above, piece, rulings) && IsAlone(blocks, above, piece))
            {
                above.Words.AddRange(piece.Words);
                continue;
            }
            var added = new Block { First = piece.First, Last = piece.Last };
            added.Words.AddRange(piece.Words);
            blocks.Add(added);
        }
        for (var i = blocks.Count - 1; i >= 0; i--)
            blocks[i].Level = blocks.Skip(i + 1).Where(lower => lower.First <= blocks[i].Last && lower.Last >= blocks[i].First).Select(lower => lower.Level + 1).DefaultIfEmpty(0).Max();
        var top = blocks.Select(block => block.Level).DefaultIfEmpty(-1).Max();
        rows = top + 1;
        List<GridCell> cells = [];
        foreach (var block in blocks.OrderByDescending(block => block.Level).ThenBy(block => block.First))
        {
            // A heading with nothing above it reaches to the top.
            var isTop = !blocks.Exists(other => other.Level > block.Level && other.First <= block.Last && other.Last >= block.First);
            var row = isTop ? 0 : top - block.Level;
            cells.Add(new GridCell(row, block.First, top - block.Level - row + 1, block.Last - block.First + 1, CellText.Of(block.Words), block.Box));
        }
        return cells;
    }

    static bool Covers(Block block, Piece piece) => block.First <= piece.Last && block.Last >= piece.First;

    // Lines of one heading span the same columns, save where a short line of it covers fewer and has no neighbour.
    static bool IsAlone(List<Block> blocks, Block above, Piece piece) =>
        above.First == piece.First && above.Last == piece.Last
        || above.First <= piece.First && above.Last >= piece.Last && piece.Last > piece.First && !blocks.Exists(other => other != above && other.First > above.First && other.Last <= above.Last);

    static bool IsRuled(Block above, Piece piece, Rulings rulings)
    {
        var word = piece.Words[0];
        return rulings.Horizontal.Any(ruling => ruling.At < above.Lowest && ruling.At > word.Across && ruling.From < word.End && ruling.To > word.Along);
    }
}
