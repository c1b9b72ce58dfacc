using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Exports;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Files;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Exports;

/// <summary>Writes the records of a query into a file, by keyset in a short statement for each page: a page is as it was when it was read.</summary>
public sealed class TableExport(NpgsqlDataSource data, Collaborators collaborators, FileLinks links, TimeProvider clock)
{
    /// <summary>A page ends early behind so many bytes.</summary>
    const long MaxPage = 8 << 20;

    /// <summary>Writes all of them; returns how many.</summary>
    /// <param name="schema">The base.</param>
    /// <param name="query">Which records, in which order, with which cells.</param>
    /// <param name="request">What kind of file.</param>
    /// <param name="output">Where to; may be slow.</param>
    /// <param name="progress">Hears of the rows written.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<long>> WriteAsync(BaseSchema schema, RecordQuery query, ExportRequest request, Stream output, Action<long>? progress, CancellationToken cancellation)
    {
        var people = query.Fields.Any(field => field.Type is IShowsPeople or Lookup { Item: IShowsPeople }) ? await collaborators.LoadAsync(schema.Id, cancellation) : null;
        await using var writer = WriterFor(schema, query, request, people);
        var (rows, now) = (0L, clock.GetUtcNow());
        for (Position? after = null; ;)
        {
            var (count, isCut) = (0, false);
            await using (var connection = await data.OpenConnectionAsync(cancellation))
            {
                await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { PageSql.Compile(schema, query with { After = after }, now, query.PageSize) } })
                await using (var row = await batch.ExecuteReaderAsync(cancellation))
                    while (!isCut && await row.ReadAsync(cancellation))
                    {
                        writer.Add(row);
                        count++;
                        if (count == query.PageSize || writer.Size > MaxPage)
                            (after, isCut) = (PageSql.PositionOf(row, query), true);
                    }
                await writer.ResolveAsync(connection, cancellation);
            }
            rows += count;
            if (request.Format is ExportFormat.Xlsx && rows > ExportErrors.MaxSheetRows)
                return ExportErrors.TooManyRows;
            if (count > 0)
                await writer.WriteAsync(output, cancellation);
            progress?.Invoke(rows);
            if (!isCut)
                break;
        }
        await writer.EndAsync(output, cancellation);
        return rows;
    }

    IExportWriter WriterFor(BaseSchema schema, RecordQuery query, ExportRequest request, People? people)
    {
        string UrlOf(string id) => request.Origin + links.PathOf(id);
        var texts = new ExportCells(schema, query.Fields, people, UrlOf);
        return request.Format switch
        {
            ExportFormat.Csv => new TextExport(texts, query.Fields, ',', request.GuardsFormulas),
            ExportFormat.Tsv => new TextExport(texts, query.Fields, '\t', request.GuardsFormulas),
            ExportFormat.Xlsx => new XlsxExport(texts, query.Fields, query.Table.Name),
            _ => new JsonExport(query.Fields, new CellFormat(UrlOf, people), isLines: request.Format is ExportFormat.Ndjson),
        };
    }
}
