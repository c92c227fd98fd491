import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";
import { CountSheet } from "./CountSheet.tsx";
import { doubtOf, type Places, type Service, useAssure, useCount, useOwnServices } from "./places.ts";

/** Who has room: figures that are old, or that somebody was turned away from, ask to be looked at again. */
export default function PlacesBoard({ me }: { me: Me }): ReactNode {
  const t = useText();
  const services = useOwnServices(me.agency.id);
  const [counting, setCounting] = useState<{ service: Service; population: Places["population"] }>();
  const counted = counting && services.data?.find(({ id }) => id === counting.service.id)?.capacity.find(({ population }) => population === counting.population);
  return (
    <Page title={t("app.free_places")}>
      <Loaded query={services}>
        {(all) => all.length === 0
          ? <Empty>{t("places.empty")}</Empty>
          : <ul className="cards">{all.map((service) => (
            <Board key={service.id} service={service} mayAssure={me.areas.includes("agency")} count={(population) => setCounting({ service, population })} />
          ))}</ul>}
      </Loaded>
      {counting && counted && <CountSheet key={counted.population} serviceId={counting.service.id} places={counted} onClose={() => setCounting(undefined)} />}
    </Page>
  );
}

function Board({ service, mayAssure, count }: { service: Service; mayAssure: boolean; count: (population: Places["population"]) => void }): ReactNode {
  const t = useText();
  const name = useName();
  const language = useLanguage();
  const category = useLabel("service_category");
  const sentence = useProblemText();
  const assure = useAssure();
  const { id, questionedAt, capacity } = service;
  return (
    <li className="card stack">
      <div className="stack-tight">
        <h2>{name(service)}</h2>
        <p className="quiet">{category(service.category)}</p>
      </div>
      {questionedAt && (
        <Banner kind="warning">
          <p>{t("places.questioned", { when: formatMoment(questionedAt, language) })}</p>
          {assure.error && <p role="alert">{sentence(assure.error)}</p>}
          {mayAssure
            ? <Button busy={assure.isPending} onClick={() => assure.mutate(id)}>{t("places.assure")}</Button>
            : <p>{t("places.ask_admin")}</p>}
        </Banner>
      )}
      {capacity.length === 0
        ? <p>{t("places.not_counted")}</p>
        : capacity.map((places) => <Row key={places.population} serviceId={id} places={places} count={() => count(places.population)} />)}
    </li>
  );
}

function Row({ serviceId, places, count }: { serviceId: string; places: Places; count: () => void }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const label = useLabel("population");
  const sentence = useProblemText();
  const confirm = useCount();
  const { population, tag, licensed, reserved, occupied, waiting, free, asOf, doubtedAt } = places;
  const doubt = doubtOf(places);
  const whom = <span className="visually-hidden">: {label(population)}</span>;
  return (
    <section className="stack-tight" aria-label={label(population)}>
      <h3>{label(population)}</h3>
      <p><strong>{t("places.free", { count: free })}</strong></p>
      <p className="quiet">{t("places.rest", { held: reserved, taken: occupied, licensed, waiting })}</p>
      {doubt
        ? (
          <p>
            <span className="chip half">{t("places.check")}</span>{" "}
            {doubt === "doubted" && doubtedAt ? t("places.doubted", { when: formatMoment(doubtedAt, language) })
              : asOf ? t("places.old", { when: formatMoment(asOf, language) }) : t("places.never")}
          </p>
        )
        : <p className="quiet small">{asOf && t("places.as_of", { when: formatMoment(asOf, language) })}</p>}
      {confirm.error && <p role="alert" className="wrong-text">{sentence(confirm.error)}</p>}
      <div className="row">
        {doubt && (
          <Button busy={confirm.isPending} onClick={() => confirm.mutate({ serviceId, population, tag, body: { licensed, occupied, waiting } })}>
            {t("places.still_true")}{whom}
          </Button>
        )}
        <Button onClick={count}>{t("places.count")}{whom}</Button>
      </div>
    </section>
  );
}
