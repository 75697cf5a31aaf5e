-- Reports tell how often articles were of use, by their titles. One team's own articles have no title for anybody else.
create index article_use_day on article_use (day);
create policy figures on article for select to meridian_reporting using (visibility <> 'team');
create policy figures on article_version for select to meridian_reporting
    using (visibility <> 'team' and state = 'published');
create policy figures on article_use for select to meridian_reporting using (true);
grant select (id, uuid, visibility) on article to meridian_reporting;
grant select (article, language, state, visibility, title) on article_version to meridian_reporting;
grant select on article_use to meridian_reporting;

-- The tickets on which work began in a period.
create index figure_ticket_began on figure_ticket (work_began_at) where work_began_at is not null;
