import pytest
from django.utils import timezone
from datetime import timedelta
@pytest.mark.django_db(transaction=True)
def test_shots(live_server, client, committed_house):
    import os; os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
    from playwright.sync_api import sync_playwright
    from tests.feedback.conftest import Departments, TEXT
    from feedback import services
    d=Departments(committed_house); now=timezone.now()
    def sub(n): return services.submit_item(actor=committed_house.agent, department=d.it, category="tools", subject="Headset crackles", text=TEXT, now=n)
    items=[sub(now), sub(now-timedelta(days=30)), sub(now-timedelta(days=2)), sub(now-timedelta(days=20))]
    services.answer_item(actor=d.owner, item_id=items[3].pk, answer="Done.", now=now)
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for who,pages in ((d.owner,{"list":"/feedback/","detail":items[0].get_absolute_url(),"answered":items[3].get_absolute_url(), "bell":"/ops/notices/"}),(committed_house.agent,{"new":"/feedback/new/","mine":"/feedback/"})):
            client.force_login(who)
            for size,(w,h) in {"desk":(1280,800),"phone":(390,844)}.items():
                c=b.new_context(viewport={"width":w,"height":h}); c.add_cookies([{"name":"sessionid","value":client.cookies["sessionid"].value,"url":live_server.url}])
                pg=c.new_page()
                errs=[]; pg.on("console", lambda m: errs.append(m.text) if m.type=="error" else None)
                for n,u in pages.items():
                    pg.goto(live_server.url+u); pg.screenshot(path=f"/tmp/fb_{n}_{size}.png")
                    print(n,size,errs, pg.evaluate("document.documentElement.scrollWidth"))
                c.close()
