-- What is not to be claimed: a queue at a site; '*' stands for every queue and for every site. It is not kept with the
-- lanes, because it holds for those too that are made later.
create table jobs.pause (
    queue text not null check (queue <> ''),
    site text not null,
    paused_at timestamptz not null,
    primary key (queue, site)
);

-- Gives everybody who may take jobs away the same rights to a table that was made after the rights were given.
create function jobs.share(regclass) returns void language plpgsql as $$
declare
    grantee name;
begin
    for grantee in
        select distinct pg_get_userbyid(acl.grantee) from pg_class, aclexplode(relacl) as acl
        where pg_class.oid = 'jobs.job'::regclass and acl.privilege_type = 'DELETE' and acl.grantee not in (0, relowner)
    loop
        execute format('grant select, insert, update, delete on %s to %I', $1, grantee);
    end loop;
end
$$;

select jobs.share('jobs.pause');
