from pathlib import Path

from services.servers import real


def test_the_broker_announces_the_port_it_listens_on():
    properties = real.kafka_properties(9092, 9093, Path("data"))
    assert properties["advertised.listeners"] == "PLAINTEXT://127.0.0.1:9092"
    assert properties["advertised.listeners"] in properties["listeners"]


def test_the_broker_votes_for_itself_on_its_controller_port():
    properties = real.kafka_properties(9092, 9093, Path("data"))
    assert properties["controller.quorum.voters"] == "1@127.0.0.1:9093"
    assert "CONTROLLER://127.0.0.1:9093" in properties["listeners"]


def test_one_broker_alone_holds_every_internal_topic():
    properties = real.kafka_properties(9092, 9093, Path("data"))
    copies = {name: n for name, n in properties.items() if name.endswith((".factor", ".isr"))}
    assert len(copies) == 5
    assert set(copies.values()) == {"1"}


def test_no_topic_and_no_index_comes_into_being_by_a_typing_error():
    assert real.kafka_properties(1, 2, Path())["auto.create.topics.enable"] == "false"
    settings = real.elasticsearch_settings(1, Path(), secure=False)
    assert settings["action.auto_create_index"] == "false"


def test_security_is_off_unless_asked_for():
    assert real.elasticsearch_settings(1, Path(), secure=False)["xpack.security.enabled"] == "false"
    secured = real.elasticsearch_settings(1, Path(), secure=True)
    assert secured["xpack.security.enabled"] == "true"
    assert secured["xpack.security.http.ssl.enabled"] == "false"


def test_the_first_folder_that_other_users_can_not_enter_is_named(tmp_path):
    closed = tmp_path / "closed"
    below = closed / "below"
    below.mkdir(parents=True)
    closed.chmod(0o700)
    assert real.closed_to_others(below, tmp_path) == closed
    closed.chmod(0o711)
    assert real.closed_to_others(below, tmp_path) is None
