using Npgsql;

namespace PyBase.Storage.Jobs;

/// <summary>
/// A bulk job is what its children are: brought in line in the transaction that changes one of them, so that no death in between leaves it running for ever.
/// Parents are locked before children, in id order, so that two such transactions wait for each other and never in a circle.
/// </summary>
static class BulkJobs
{
    /// <summary>First statement: the given jobs with their parents and children.</summary>
    public static NpgsqlBatchCommand Lock(params string[] ids) => new("""
        select from pybase.jobs j where id = any($1) or parent = any($1) or id in (select parent from pybase.jobs where id = any($1))
        order by (parent is not null), id for update
        """) { Parameters = { new() { Value = ids } } };

    /// <summary>Last statement: parents that have ended with their last child end well when all did, with their error otherwise.</summary>
    public static NpgsqlBatchCommand Close(params string[] ids) => new("""
        with children as (select parent, count(*) as "all", count(*) filter (where state in ('succeeded', 'failed', 'cancelled', 'parked')) as ended,
            count(*) filter (where state = 'succeeded') as well from pybase.jobs
            where parent in (select parent from pybase.jobs where id = any($1)) group by parent)
        update pybase.jobs j set progress_done = ended, state = case when ended < "all" then 'running' when well = "all" then 'succeeded' else 'failed' end,
            finished = case when ended < "all" then null else now() end,
            error = case when ended < "all" or well = "all" then null
                else jsonb_build_object('code', 'some-files-failed', 'message', format('%s of %s files could not be read.', "all" - well, "all"), 'hint', 'The children say why.') end
        from children c where j.id = c.parent and j.state in ('running', 'succeeded', 'failed')
        """) { Parameters = { new() { Value = ids } } };
}
