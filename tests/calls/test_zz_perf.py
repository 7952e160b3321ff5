import io,time,resource,itertools
from calls import services
from callcenter.access import SYSTEM
from tests.calls import sample
from tests.calls.centre import build, NOW
def test_perf(db):
    c=build()
    for n in (20000,200000):
        rows=sample.good_rows(n,seed=n)
        for r in rows: r[0]=f"{n}-{r[0]}"
        f=io.BytesIO(sample.csv_text(rows).encode()); del rows
        m=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        t=time.perf_counter(); b=services.import_calls(actor=SYSTEM,file=f,file_name="x.csv",site=c.here,now=NOW); print("PERF",n,b.new,b.rejected,round(time.perf_counter()-t,2),"s rss+",(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss-m)//1024,"MB")
